import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ByteWindow } from './byte-window.ts';
import { readJson } from './json-reader.ts';
import { readNdjson } from './ndjson-reader.ts';
import { readingLimits, type Part } from './types.ts';

const options = { limits: readingLimits, keepWhole: new Set(['document']) };

async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer, void, void> {
  let at = 0;
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(
  text: string | Buffer,
  more: { sizes?: number[]; limits?: Partial<typeof readingLimits>; lines?: boolean } = {},
): Promise<Part[]> {
  const window = new ByteWindow(inChunks(Buffer.from(text), more.sizes ?? [1 << 16]), 16);
  const all = { ...options, limits: { ...readingLimits, ...more.limits } };
  const parts: Part[] = [];
  for await (const some of more.lines === true ? readNdjson(window, all) : readJson(window, all)) {
    parts.push(...some);
  }
  return parts;
}

const found = (parts: Part[]) => parts.filter((part) => part.kind === 'found');
const faults = (parts: Part[]) => parts.filter((part) => part.kind === 'fault');

const patient = '{"resourceType":"Patient","id":"p","name":[{"family":"O\\"Neil } ]"}]}';
const basic = '{"resourceType":"Basic","id":"b","code":{"text":"a"}}';

const entry = (resource: string, more = ''): string =>
  `{"fullUrl":"urn:uuid:x","resource":${resource}${more}}`;
const bundle = (type: string, ...entries: string[]): string =>
  `{"resourceType":"Bundle","type":"${type}","entry":[${entries.join(',')}]}`;

test('each resource of a bundle is found as its own text', async () => {
  const parts = await read(
    bundle('transaction', entry(patient, ',"request":{"method":"PUT","url":"Patient/p"}'), entry(basic)),
  );
  assert.deepEqual(
    found(parts).map(({ text, entry: number, fullUrl, request }) => ({ text, number, fullUrl, request })),
    [
      { text: patient, number: 1, fullUrl: 'urn:uuid:x', request: { method: 'PUT', url: 'Patient/p' } },
      { text: basic, number: 2, fullUrl: 'urn:uuid:x', request: undefined },
    ],
  );
  assert.partialDeepStrictEqual(parts.at(-1), {
    kind: 'bundle',
    type: 'transaction',
    entries: 2,
    whole: true,
  });
});

test('a bundle is the same whatever the order of its members', async () => {
  for (const text of [
    `{"entry":[${entry(patient)}],"type":"batch","resourceType":"Bundle"}`,
    `{"entry":[{"link":[],"resource":${patient}}],"resourceType":"Bundle","type":"batch"}`,
    `\uFEFF \n{ "id" : "1", "type" : "batch", "resourceType" : "Bundle", "entry" : [ ${entry(patient)} ] , "total" : 1 } \n`,
  ]) {
    const parts = await read(text);
    assert.deepEqual(
      found(parts).map((part) => part.text),
      [patient],
    );
    assert.partialDeepStrictEqual(parts.at(-1), { kind: 'bundle', type: 'batch' });
  }
});

test('a List also has entries and is one resource', async () => {
  const list =
    '{"resourceType":"List","status":"current","mode":"working","entry":[{"item":{"reference":"Patient/p"}}]}';
  assert.deepEqual(
    found(await read(list)).map((part) => part.text),
    [list],
  );
  const turned = '{"entry":[{"item":{"reference":"Patient/p"}}],"status":"current","resourceType":"List"}';
  assert.deepEqual(
    found(await read(turned)).map((part) => part.text),
    [turned],
  );
});

test('the text of a document is kept whole, that of a transaction is not', async () => {
  const document = bundle('document', entry(patient));
  assert.partialDeepStrictEqual((await read(document)).at(-1), { type: 'document', text: document });
  const late = `{"entry":[${entry(patient)}],"resourceType":"Bundle","type":"document"}`;
  assert.partialDeepStrictEqual((await read(late, { sizes: [7] })).at(-1), { type: 'document', text: late });
  const transaction = (await read(bundle('transaction', entry(patient)))).at(-1);
  assert.equal(transaction?.kind === 'bundle' && transaction.text, undefined);
});

test('the place of each entry is told', async () => {
  const parts = await read(
    `{"resourceType":"Bundle","type":"batch","entry":[\n  {"resource":${patient}},\n{"resource":\n ${basic}}]}`,
  );
  assert.deepEqual(
    found(parts).map(({ line, column }) => [line, column]),
    [
      [2, 15],
      [4, 2],
    ],
  );
});

test('an entry with a missing brace is held back and the later ones are found', async () => {
  const parts = await read(
    bundle(
      'batch',
      entry(patient),
      '{"fullUrl":"urn:uuid:y","resource":{"resourceType":"Basic"}',
      entry(basic),
    ),
  );
  assert.deepEqual(
    found(parts).map((part) => part.text),
    [patient, basic],
  );
  const [fault] = faults(parts);
  assert.partialDeepStrictEqual(fault, { code: 'malformed', entry: 2, line: 1 });
  assert.match(fault!.raw, /^\{"fullUrl":"urn:uuid:y"/);
  assert.doesNotMatch(fault!.raw, /"b"/);
});

test('an entry with an unclosed string is held back and the later ones are found', async () => {
  const broken = '{"fullUrl":"urn:uuid:y","resource":{"resourceType":"Basic","id":"oops}}';
  for (const sizes of [[1 << 16], [50]]) {
    const parts = await read(bundle('batch', entry(patient), broken, entry(basic), entry(patient)), {
      sizes,
    });
    assert.deepEqual(
      found(parts).map((part) => part.text),
      [patient, basic, patient],
    );
    assert.deepEqual(
      faults(parts).map((part) => part.code),
      ['malformed'],
    );
  }
});

test('of a bundle that is cut off the whole entries are found and the rest is told', async () => {
  const whole = bundle('transaction', entry(patient), entry(basic));
  const parts = await read(whole.slice(0, -20));
  assert.deepEqual(
    found(parts).map((part) => part.text),
    [patient],
  );
  assert.partialDeepStrictEqual(faults(parts), [{ code: 'truncated', entry: 2 }]);
  assert.partialDeepStrictEqual(parts.at(-1), { kind: 'bundle', whole: false, type: 'transaction' });
});

test('a resource that is too long is passed over without being held', async () => {
  const long = `{"resourceType":"Basic","id":"long","text":{"div":"${'x'.repeat(5_000)}"}}`;
  const limits = { resourceBytes: 1_000, rawBytes: 100 };
  for (const sizes of [[1 << 16], [64]]) {
    const parts = await read(bundle('batch', entry(patient), entry(long), entry(basic)), { limits, sizes });
    assert.deepEqual(
      found(parts).map((part) => part.text),
      [patient, basic],
    );
    assert.partialDeepStrictEqual(faults(parts), [{ code: 'oversize', entry: 2, rawCut: true }]);
  }
});

test('a bundle may be far longer than one resource may be', async () => {
  const entries = Array.from({ length: 300 }, () => entry(patient)).join(',');
  const limits = { resourceBytes: 500 };
  for (const text of [
    `{"resourceType":"Bundle","type":"document","entry":[${entries}]}`,
    `{"entry":[${entries}],"type":"document","resourceType":"Bundle"}`,
  ]) {
    for (const sizes of [[1 << 16], [300], [7]]) {
      const parts = await read(text, { limits, sizes });
      assert.equal(found(parts).length, 300);
      assert.deepEqual(faults(parts), []);
      const end = parts.at(-1);
      assert.equal(end?.kind === 'bundle' && end.type, 'document');
      assert.equal(end?.kind === 'bundle' && end.text, undefined);
    }
  }
});

test('bytes that are not UTF-8 hold back their entry only', async () => {
  const text = bundle('batch', entry(patient), entry('{"resourceType":"Basic","id":"\u00e9"}'), entry(basic));
  const parts = await read(Buffer.from(text, 'latin1'));
  assert.deepEqual(
    found(parts).map((part) => part.text),
    [patient, basic],
  );
  assert.deepEqual(
    faults(parts).map((part) => part.code),
    ['encoding'],
  );
});

test('what is not an object is not FHIR', async () => {
  for (const text of ['[1,2]', '"text"', 'hello', '12']) {
    assert.deepEqual(
      faults(await read(text)).map((part) => part.code),
      ['not-fhir'],
    );
  }
});

test('resources that follow each other without a bundle are all found', async () => {
  assert.deepEqual(
    found(await read(`${patient}\n\n${basic}${patient}`)).map((part) => part.text),
    [patient, basic, patient],
  );
});

test('a bad line of NDJSON harms no other', async () => {
  const lines = [
    patient,
    '{"resourceType":"Basic", oops',
    '',
    basic,
    bundle('batch', entry(patient)),
    '17',
    basic,
  ];
  const parts = await read(lines.join('\r\n'), { lines: true, sizes: [11] });
  assert.deepEqual(
    found(parts).map(({ text, line, entry: number }) => [text.trim(), line, number]),
    [
      [patient, 1, 1],
      ['{"resourceType":"Basic", oops', 2, 2],
      [basic, 4, 3],
      [patient, 5, 4],
      [basic, 7, 6],
    ],
  );
  assert.partialDeepStrictEqual(faults(parts), [{ code: 'not-fhir', line: 6, entry: 5 }]);
});

test('a line that is too long is passed over', async () => {
  const long = `{"resourceType":"Basic","id":"${'x'.repeat(9_000)}"}`;
  const parts = await read([patient, long, basic].join('\n'), {
    lines: true,
    sizes: [64],
    limits: { resourceBytes: 1_000 },
  });
  assert.deepEqual(
    found(parts).map((part) => [part.text, part.line]),
    [
      [patient, 1],
      [basic, 3],
    ],
  );
  assert.partialDeepStrictEqual(faults(parts), [{ code: 'oversize', line: 2 }]);
});

const anyJson = fc.jsonValue({ maxDepth: 4 });
const anyResource = anyJson.map((value) =>
  JSON.stringify({ resourceType: 'Basic', id: 'x', extra: value }, null, 1),
);

test('how the bytes arrive in chunks makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyResource, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (resources, sizes) => {
        const text = bundle('batch', ...resources.map((each) => entry(each)));
        const parts = await read(text, { sizes });
        assert.deepEqual(parts, await read(text));
        assert.deepEqual(
          found(parts).map((part) => part.text),
          resources,
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('no damage to the bytes makes the reader fail, and every undamaged entry before it is found', async () => {
  const resources = [patient, basic, patient, basic];
  const whole = Buffer.from(bundle('batch', ...resources.map((each) => entry(each))));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 5, max: 90 }),
      async (at, byte, size) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        const texts = found(await read(damaged, { sizes: [size] })).map((part) => part.text);
        const before = resources.filter((_each, index) => endOf(whole, index) < at);
        if (at > whole.indexOf('"entry"') + 8) assert.deepEqual(texts.slice(0, before.length), before);
      },
    ),
    { numRuns: 500 },
  );
});

/** Where the entry with this number ends in the bytes of a bundle. */
function endOf(whole: Buffer, index: number): number {
  let at = 0;
  for (let i = 0; i <= index; i += 1) at = whole.indexOf('"fullUrl"', at + 1);
  const next = whole.indexOf('"fullUrl"', at + 1);
  return next === -1 ? whole.length : next - 2;
}
