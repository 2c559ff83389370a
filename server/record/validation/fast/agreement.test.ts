import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { assert as holds, constantFrom, integer, property } from 'fast-check';
import { sharedData } from '../../../../test/support/shared-data.ts';
import { openDefinitions } from '../../definitions/index.ts';
import { createFhirPath } from '../../fhirpath/index.ts';
import type { Resource } from '../../types.ts';
import { createValidator } from '../index.ts';
import { createShapes } from '../shape.ts';
import { createAcceptor } from './index.ts';

const definitions = openDefinitions();
const accepts = createAcceptor(definitions, createShapes(definitions), createFhirPath(definitions));
const { validate } = createValidator(definitions);

test('the fast check can be written for every resource type', () => {
  for (const type of definitions.resourceTypes)
    assert.doesNotThrow(() => accepts({ resourceType: type, id: 'x' }), type);
});

const synthea = sharedData('synthea');

function sample(files: number): Resource[] {
  const names = readdirSync(synthea.path)
    .filter((name) => name.endsWith('.json.gz'))
    .slice(0, files);
  return names.flatMap((name) => {
    const bundle = JSON.parse(gunzipSync(readFileSync(join(synthea.path, name))).toString('utf8')) as {
      entry: { resource: Resource }[];
    };
    return bundle.entry.map((entry) => entry.resource);
  });
}

/** Every place in a tree that can be changed, as a list of keys. */
function places(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  const below = Object.entries(value).flatMap(([key, one]) =>
    places(one, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return at.length > 0 ? [at, ...below] : below;
}

const changes = [
  '',
  ' ',
  'banana',
  '2020-02-30',
  'a b',
  0,
  -1,
  1.5,
  true,
  null,
  [],
  {},
  [null],
  [{}],
  { extra: 1 },
  'Unicorn/1',
  '#none',
  undefined,
];

function changed(resource: Resource, at: (string | number)[], change: unknown): Resource {
  const copy = structuredClone(resource);
  let holder = copy as Record<string | number, unknown>;
  for (const key of at.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  const last = at.at(-1)!;
  if (change === undefined) delete holder[last];
  else holder[last] = change;
  return copy;
}

test('real resources pass at once, without the full check', { skip: synthea.skip }, () => {
  const resources = sample(4);
  assert.ok(resources.length > 500);
  for (const resource of resources) assert.ok(accepts(resource), resource.resourceType);
});

test('whatever the fast check accepts has no errors in the full check', { skip: synthea.skip }, () => {
  const byType = new Map(sample(4).map((resource) => [resource.resourceType, resource]));
  const cases = [...byType.values()].map((resource) => ({ resource, at: places(resource) }));
  holds(
    property(
      constantFrom(...cases),
      integer({ min: 0, max: 100_000 }),
      constantFrom(...changes),
      ({ resource, at }, pick, change) => {
        const mutant = changed(resource, at[pick % at.length]!, change);
        const errors = validate(mutant, { advice: true }).filter(
          (issue) => issue.severity === 'error' || issue.severity === 'fatal',
        );
        return !accepts(mutant) || errors.length === 0;
      },
    ),
    { numRuns: 3000 },
  );
});
