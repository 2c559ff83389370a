import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BundleLinks } from './bundle-links.ts';
import { hasEscapedReference, noLinks, rewriteLinks } from './links.ts';

const none = new Map<string, string>();

function linksTo(entries: Record<string, string>): BundleLinks {
  const links = new BundleLinks();
  for (const [link, target] of Object.entries(entries)) {
    const [type, id] = target.split('/');
    links.add(link, type!, id!);
  }
  return links;
}

test('each reference is rewritten, and nothing else', () => {
  const links = linksTo({ 'urn:uuid:a': 'Patient/1', 'http://example.org/fhir/Patient/2': 'Patient/2' });
  const text = JSON.stringify({
    subject: { reference: 'urn:uuid:a' },
    performer: [
      { reference: 'http://example.org/fhir/Patient/2' },
      { reference: 'http://elsewhere.org/Patient/9' },
    ],
    identifier: { value: 'urn:uuid:a' },
    note: 'the "reference": "urn:uuid:a" in words',
    contained: [{ reference: '#c' }],
    based: { reference: 'Patient/3/_history/4' },
  });
  const { text: rewritten, unknown, targets } = rewriteLinks(text, links, none);
  assert.deepEqual(JSON.parse(rewritten), {
    ...(JSON.parse(text) as object),
    subject: { reference: 'Patient/1' },
    performer: [{ reference: 'Patient/2' }, { reference: 'http://elsewhere.org/Patient/9' }],
  });
  assert.deepEqual(unknown, []);
  assert.deepEqual(targets, ['Patient/1', 'Patient/2', 'Patient/3']);
});

test('an attachment that lies in the bundle is found by its url; a canonical url stays', () => {
  const links = linksTo({ 'urn:uuid:b': 'Binary/b', 'urn:uuid:q': 'Questionnaire/q' });
  const text = '{"content":[{"attachment":{"url":"urn:uuid:b"}}],"url":"urn:uuid:q"}';
  assert.equal(
    rewriteLinks(text, links, none).text,
    '{"content":[{"attachment":{"url":"Binary/b"}}],"url":"urn:uuid:q"}',
  );
});

test('a link that the bundle does not explain must be looked up', () => {
  const text = '{"a":{"reference" : "urn:uuid:x"},"b":{"reference":\n"Practitioner?identifier=1"}}';
  assert.deepEqual(rewriteLinks(text, noLinks, none).unknown, ['urn:uuid:x', 'Practitioner?identifier=1']);
  const found = new Map([
    ['urn:uuid:x', 'Patient/x'],
    ['Practitioner?identifier=1', 'Practitioner/p'],
  ]);
  assert.deepEqual(rewriteLinks(text, noLinks, found).targets, ['Patient/x', 'Practitioner/p']);
});

test('an alias changes a plain reference', () => {
  const links = new BundleLinks();
  links.addAlias('Practitioner/new', 'Practitioner/old');
  const { text } = rewriteLinks('{"a":{"reference":"Practitioner/new"}}', links, none);
  assert.equal(text, '{"a":{"reference":"Practitioner/old"}}');
});

test('a reference written with escapes is noticed', () => {
  assert.equal(hasEscapedReference('{"reference":"http:\\/\\/a"}'), true);
  assert.equal(hasEscapedReference('{"\\u0072eference":"a"}'), true);
  assert.equal(hasEscapedReference('{"div":"<p class=\\"x\\">","reference":"Patient/1"}'), false);
});

test('rewriting agrees with a walk over the parsed tree', () => {
  const link = fc.constantFrom('urn:uuid:a', 'urn:uuid:b', 'Patient/1', '#x', 'urn:uuid:c');
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.record({ reference: link, display: fc.string() }),
      fc.string(),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'reference', 'b "reference"'), tie('node'), { maxKeys: 3 }),
    ),
  })).node;
  const map: Record<string, string> = { 'urn:uuid:a': 'Patient/a', 'urn:uuid:b': 'Basic/b' };
  const links = linksTo(map);
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        key === 'reference' && typeof value === 'string'
          ? Object.hasOwn(map, value)
            ? map[value]
            : value
          : walk(value),
      ]),
    );
  };
  fc.assert(
    fc.property(tree, fc.constantFrom(0, 2), (value, space) => {
      const text = JSON.stringify({ value }, null, space);
      if (hasEscapedReference(text)) return;
      assert.deepEqual(JSON.parse(rewriteLinks(text, links, none).text), walk({ value }));
    }),
    { numRuns: 500 },
  );
});

test('a bundle with very many entries remembers each link exactly', () => {
  const links = new BundleLinks();
  const many = 200_000;
  for (let n = 0; n < many; n += 1)
    links.add(`urn:uuid:${idOf(n)}`, n % 2 === 0 ? 'Patient' : 'Observation', idOf(n));
  links.add('http://example.org/Patient/1', 'Patient', '1');
  for (let n = 0; n < many; n += 997) {
    assert.equal(
      links.targetOf(`urn:uuid:${idOf(n)}`),
      `${n % 2 === 0 ? 'Patient' : 'Observation'}/${idOf(n)}`,
    );
  }
  assert.equal(links.targetOf(`urn:uuid:${idOf(many)}`), undefined);
  assert.equal(links.targetOf(idOf(5)), undefined);
  assert.equal(links.targetOf('http://example.org/Patient/1'), 'Patient/1');
});

function idOf(n: number): string {
  return `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${(n * 7).toString(16).padStart(12, '0')}`;
}
