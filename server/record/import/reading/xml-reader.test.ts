import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromXml } from '../../formats/index.ts';
import { readingLimits, type Part } from './types.ts';
import { readXml } from './xml-reader.ts';

async function read(
  text: string,
  size = 1 << 16,
  limits: Partial<typeof readingLimits> = {},
): Promise<Part[]> {
  async function* chunks(): AsyncGenerator<string, void, void> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const parts: Part[] = [];
  const options = { limits: { ...readingLimits, ...limits }, keepWhole: new Set(['document']) };
  for await (const some of readXml(chunks(), options)) parts.push(...some);
  return parts;
}

const found = (parts: Part[]) => parts.filter((part) => part.kind === 'found');
const faults = (parts: Part[]) => parts.filter((part) => part.kind === 'fault');

const basic = '<Basic><id value="b"/><code><text value="a &lt; b"/></code></Basic>';
const entry = (resource: string, more = ''): string =>
  `<entry><fullUrl value="urn:uuid:x"/><resource>${resource}</resource>${more}</entry>`;
const bundle = (type: string, ...entries: string[]): string =>
  `<?xml version="1.0"?>\r\n<Bundle xmlns="http://hl7.org/fhir"><type value="${type}"/>\r\n${entries.join('\r\n')}</Bundle>`;

test('each resource of an XML bundle can be read by itself', async () => {
  const request =
    '<request><method value="PUT"/><url value="Basic/b"/><ifMatch value="W/&quot;1&quot;"/></request>';
  const parts = await read(bundle('transaction', entry(basic, request), entry(basic)));
  assert.deepEqual(
    found(parts).map((part) => [fromXml(part.text), part.entry, part.line, part.fullUrl, part.request]),
    [
      [
        { resourceType: 'Basic', id: 'b', code: { text: 'a < b' } },
        1,
        3,
        'urn:uuid:x',
        { method: 'PUT', url: 'Basic/b', ifMatch: 'W/"1"' },
      ],
      [{ resourceType: 'Basic', id: 'b', code: { text: 'a < b' } }, 2, 4, 'urn:uuid:x', undefined],
    ],
  );
  assert.partialDeepStrictEqual(parts.at(-1), {
    kind: 'bundle',
    type: 'transaction',
    entries: 2,
    whole: true,
  });
});

test('prefixes declared on the bundle go with each resource', async () => {
  const text =
    '<f:Bundle xmlns:f="http://hl7.org/fhir"><f:type value="batch"/><f:entry><f:resource><f:Basic><f:id value="b"/></f:Basic></f:resource></f:entry></f:Bundle>';
  const [part] = found(await read(text));
  assert.deepEqual(fromXml(part!.text), { resourceType: 'Basic', id: 'b' });
});

test('a lone resource is found whole', async () => {
  const text = basic.replace('<Basic>', '<Basic xmlns="http://hl7.org/fhir">');
  const parts = await read(`<?xml version="1.0"?>\n<!-- said -->\n${text}\n`, 3);
  assert.partialDeepStrictEqual(parts, [{ kind: 'found', text, bundle: 0, entry: 1, line: 3, column: 1 }]);
});

test('the text of a document is kept whole', async () => {
  const text = bundle('document', entry(basic));
  assert.partialDeepStrictEqual((await read(text, 10)).at(-1), {
    type: 'document',
    text: text.slice(text.indexOf('<Bundle')),
  });
});

test('an entry that is not well formed is held back and the later ones are found', async () => {
  for (const size of [1 << 16, 9]) {
    const parts = await read(
      bundle('batch', entry(basic), entry('<Basic><id value="c"></Basic>'), entry(basic)),
      size,
    );
    assert.equal(found(parts).length, 2);
    assert.partialDeepStrictEqual(faults(parts), [{ code: 'malformed', entry: 2 }]);
    assert.match(faults(parts)[0]!.raw, /^<entry>.*"c"/);
  }
});

test('a bundle that is cut off gives its whole entries and says the rest', async () => {
  const parts = await read(bundle('batch', entry(basic), entry(basic)).slice(0, -60));
  assert.equal(found(parts).length, 1);
  assert.deepEqual(
    faults(parts).map((part) => part.code),
    ['truncated'],
  );
});

test('a document type declaration is refused', async () => {
  const parts = await read('<!DOCTYPE a [<!ENTITY b "c">]><Basic xmlns="http://hl7.org/fhir"/>');
  assert.deepEqual(
    faults(parts).map((part) => part.code),
    ['not-fhir'],
  );
});

test('a resource that is too long is passed over', async () => {
  const long = `<Basic><id value="b"/>${'<extension url="a"/>'.repeat(200)}</Basic>`;
  const parts = await read(bundle('batch', entry(basic), entry(long), entry(basic)), 100, {
    resourceBytes: 1_000,
  });
  assert.equal(found(parts).length, 2);
  assert.partialDeepStrictEqual(faults(parts), [{ code: 'oversize', entry: 2 }]);
});

test('how the text arrives in pieces makes no difference', async () => {
  const text = bundle(
    'transaction',
    entry(basic),
    entry(basic.replace('a &lt; b', '\u{1F600}\u00e9')),
    entry(basic),
  );
  const whole = await read(text);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: text.length }), async (size) => {
      assert.deepEqual(await read(text, size), whole);
    }),
  );
});
