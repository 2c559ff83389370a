import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { openDefinitions } from '../../server/record/definitions/index.ts';
import { fromXml, parseJson, shapeOf, toXml, type Child } from '../../server/record/formats/index.ts';
import type { Resource } from '../../server/record/types.ts';
import { sameTree } from './round-trip.ts';

const definitions = openDefinitions();
const namespace = 'xmlns="http://www.w3.org/1999/xhtml"';

/** Text that both formats can hold: no control characters but tab and line ends, no lone surrogates. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1 })
  // oxlint-disable-next-line no-control-regex -- XML cannot hold these characters
  .map((string) => string.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?'));
const decimal = fc.stringMatching(/^-?(0|[1-9]\d{0,19})(\.\d{1,20})?([eE][+-]?\d{1,2})?$/);
const integer = fc.integer().map(String);
const boolean = fc.boolean().map(String);
const quoted = text.map((string) => JSON.stringify(string));
const narrative = text.map(
  (string) => `<div ${namespace}>\r\n<p>${string.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p></div>`,
);

for (const type of definitions.resourceTypes) {
  test(`random resources of type ${type} go from JSON to XML and back without loss`, () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const resource = parseJson(randomResource(draw, type, 0));
        const written = toXml(resource, definitions);
        assert.ok(sameTree(fromXml(written, definitions), resource));
        assert.ok(sameTree(fromXml(toXml(resource, definitions, { pretty: true }), definitions), resource));
      }),
      { numRuns: 10 },
    );
  });
}

type Draw = fc.GeneratorValue;

/** The JSON text of a resource with some of its elements, each with content of its type. */
function randomResource(draw: Draw, type: string, depth: number): string {
  const properties = randomProperties(draw, type, depth);
  return `{${[`"resourceType":"${type}"`, ...properties].join()}}`;
}

function randomProperties(draw: Draw, path: string, depth: number): string[] {
  const children = [...shapeOf(definitions, path).values()];
  const wanted = draw(fc.subarray, children, {
    minLength: depth > 3 ? 0 : 1,
    maxLength: Math.min(children.length, 4 - Math.min(depth, 3)),
  });
  return wanted.flatMap((child) => randomProperty(draw, child, depth + 1));
}

function randomProperty(draw: Draw, child: Child, depth: number): string[] {
  if (depth > 5 && child.kind !== 'primitive') return [];
  if (child.kind === 'primitive' && !child.xmlAttribute) return randomPrimitive(draw, child, depth);
  if (!child.isArray) return [`"${child.name}":${randomValue(draw, child, depth)}`];
  const length = draw(fc.integer, { min: 1, max: 3 });
  return [`"${child.name}":[${Array.from({ length }, () => randomValue(draw, child, depth)).join()}]`];
}

/** Values with and without twins; a list may have items with no value. */
function randomPrimitive(draw: Draw, child: Child, depth: number): string[] {
  const length = child.isArray ? draw(fc.integer, { min: 1, max: 3 }) : 1;
  const kinds = Array.from({ length }, () => draw(fc.constantFrom, 'value', 'value', 'twin', 'both'));
  const values = kinds.map((kind) => (kind === 'twin' ? 'null' : randomValue(draw, child, depth)));
  const twins = kinds.map((kind) => (kind === 'value' ? 'null' : randomTwin(draw, depth)));
  const properties: [string, string[]][] = [
    [child.name, values],
    [`_${child.name}`, twins],
  ];
  return properties
    .filter(([, list]) => list.some((item) => item !== 'null'))
    .map(([name, list]) => `"${name}":${child.isArray ? `[${list.join()}]` : list[0]}`);
}

function randomTwin(draw: Draw, depth: number): string {
  const id = `"id":${draw(() => quoted)}`;
  if (depth > 4) return `{${id}}`;
  return `{"extension":[{"url":${draw(() => quoted)},"valueDecimal":${draw(() => decimal)}}]}`;
}

function randomValue(draw: Draw, child: Child, depth: number): string {
  if (child.kind === 'xhtml') return JSON.stringify(draw(() => narrative));
  if (child.kind === 'resource')
    return randomResource(draw, draw(fc.constantFrom, 'Patient', 'Observation', 'Parameters'), depth);
  if (child.kind === 'complex') return `{${randomProperties(draw, child.shape, depth).join()}}`;
  if (child.primitive === 'boolean') return draw(() => boolean);
  if (child.primitive === 'integer') return draw(() => integer);
  return draw(() => (child.primitive === 'decimal' ? decimal : quoted));
}

test('the order of keys in JSON does not matter to XML', () => {
  const resource: Resource = { resourceType: 'Patient', gender: 'male', id: '1', active: true };
  const turned: Resource = { active: true, id: '1', gender: 'male', resourceType: 'Patient' };
  assert.equal(toXml(resource, definitions), toXml(turned, definitions));
});
