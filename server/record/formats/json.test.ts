import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Problem } from '../../platform/errors.ts';
import { isRawNumber, parseJson, parseJsonBytes, parseJsonValue, toPlain } from './index.ts';

function problemOf(text: string | Uint8Array): Problem {
  try {
    if (typeof text === 'string') parseJson(text);
    else parseJsonBytes(text);
  } catch (problem) {
    assert.ok(problem instanceof Problem, String(problem));
    return problem;
  }
  return assert.fail('no problem was found');
}

const numbers = [
  '1.00',
  '1e2',
  '0.1000',
  '-0',
  '-0.0',
  '1E-7',
  '0.0000001',
  '123456789012345678',
  '3.14159265358979323846',
  '1e400',
];

for (const number of numbers) {
  test(`the decimal ${number} comes back as it was sent`, () => {
    const text = `{"resourceType":"Observation","valueQuantity":{"value":${number}}}`;
    assert.equal(JSON.stringify(parseJson(text)), text);
  });
}

test('a number that JavaScript prints the same way stays a plain number', () => {
  const tree = parseJson(
    '{"resourceType":"Observation","valueQuantity":{"value":79.34112463834427,"x":[0,10,-3]}}',
  );
  assert.deepEqual(tree['valueQuantity'], { value: 79.34112463834427, x: [0, 10, -3] });
});

test('any number in any place keeps its text', () => {
  const number = fc.tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 0n, max: 10n ** 20n }),
    fc.option(fc.stringMatching(/^\d{1,20}$/)),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat(30))),
  );
  const written = number.map(
    ([sign, whole, part, power]) => `${sign}${whole}${part ? `.${part}` : ''}${power ? power.join('') : ''}`,
  );
  fc.assert(
    fc.property(fc.array(written, { minLength: 1 }), fc.constantFrom('', ' ', '\n\t'), (list, gap) => {
      const text = `{"resourceType":"X","a":${list[0]},"b":[${list.join(`${gap},${gap}`)}]}`;
      assert.equal(JSON.stringify(parseJson(text)), text.replaceAll(gap, ''));
    }),
  );
});

test('any tree comes back equal, whatever its strings hold', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const text = JSON.stringify({ ...object, resourceType: 'X' });
      fc.pre(!text.includes('__proto__') && !text.includes('\\u0000'));
      assert.equal(JSON.stringify(parseJson(text)), text);
    }),
  );
});

test('plain trees have JavaScript numbers, and are not copied without need', () => {
  const exact = parseJson('{"resourceType":"Observation","a":[{"b":1.50},{"c":2}],"d":{"e":3}}');
  const plain = toPlain(exact);
  assert.deepEqual(plain, { resourceType: 'Observation', a: [{ b: 1.5 }, { c: 2 }], d: { e: 3 } });
  assert.equal(plain['d'], exact['d']);
  assert.equal(toPlain(plain), plain);
  assert.ok(isRawNumber((exact['a'] as { b: unknown }[])[0]?.b));
});

test('a byte order mark is accepted', () => {
  assert.deepEqual(parseJsonBytes(Buffer.from('\uFEFF{"resourceType":"Patient"}')), {
    resourceType: 'Patient',
  });
});

test('a JSON Patch can be read too', () => {
  assert.equal(JSON.stringify(parseJsonValue('[{"op":"add","value":1.0}]')), '[{"op":"add","value":1.0}]');
});

const faults: [name: string, text: string, code: string, place: string][] = [
  ['text that stops', '{"resourceType":"Patient"', 'record/json-malformed', 'line 1, column 26'],
  [
    'a missing comma',
    '{\n  "resourceType": "Patient"\n  "id": "1"\n}',
    'record/json-malformed',
    'line 3, column 3',
  ],
  ['a trailing comma', '{"resourceType":"Patient",}', 'record/json-malformed', 'line 1, column 27'],
  ['a leading zero', '{"resourceType":"X","a":01}', 'record/json-malformed', 'line 1, column 26'],
  ['text after the end', '{"resourceType":"X"} x', 'record/json-malformed', 'line 1, column 22'],
  [
    'a raw line break in a string',
    '{"resourceType":"X","a":"b\nc"}',
    'record/json-malformed',
    'line 1, column 25',
  ],
  ['an unknown escape', '{"resourceType":"X","a":"\\x"}', 'record/json-malformed', 'line 1, column 25'],
  ['NaN', '{"resourceType":"X","a":NaN}', 'record/json-malformed', 'line 1, column 25'],
  ['nothing', '', 'record/json-malformed', 'line 1, column 1'],
  [
    'a property that stands twice',
    '{"resourceType":"X","id":"1","id":"2"}',
    'record/json-duplicate-key',
    'line 1, column 30',
  ],
  [
    'the same, spelt with an escape',
    '{"resourceType":"X","id":"1","\\u0069d":"2"}',
    'record/json-duplicate-key',
    'line 1, column 30',
  ],
  ['__proto__', '{"resourceType":"X","__proto__":{"a":1}}', 'record/json-key', 'line 1, column 21'],
  [
    'half a surrogate pair',
    '{"resourceType":"X","a":"\\ud800"}',
    'record/json-surrogate',
    'line 1, column 25',
  ],
  [
    'the null character',
    '{"resourceType":"X","a":"\\u0000"}',
    'record/json-null-character',
    'line 1, column 25',
  ],
  ['an array', '[]', 'record/json-not-a-resource', 'line 1, column 1'],
  ['no resourceType', '{"id":"1"}', 'record/json-not-a-resource', 'line 1, column 1'],
];

for (const [name, text, code, place] of faults) {
  test(`${name} is refused with its place`, () => {
    const problem = problemOf(text);
    assert.equal(problem.code, code);
    assert.equal(problem.place, place);
    assert.equal(problem.status, 400);
  });
}

test('deep nesting is refused without harm', () => {
  assert.equal(
    problemOf(`{"resourceType":"X","a":${'['.repeat(200)}${']'.repeat(200)}}`).code,
    'record/json-too-deep',
  );
  assert.equal(problemOf(`{"a":${'['.repeat(5_000_000)}`).code, 'record/json-too-deep');
  assert.equal(problemOf('{"a":'.repeat(1_000_000)).code, 'record/json-too-deep');
});

test('a fault message never quotes the content', () => {
  const problem = problemOf('{"resourceType":"Patient","name":[{"family":"Secretname" "given":1}]}');
  assert.doesNotMatch(
    JSON.stringify(problem) + problem.message + problem.place + problem.wayOut,
    /Secretname/,
  );
});

test('bytes that are not UTF-8 are told by their place', () => {
  const bytes = Buffer.concat([Buffer.from('{"resourceType":"é'), Buffer.from([0xe9]), Buffer.from('"}')]);
  const problem = problemOf(bytes);
  assert.equal(problem.code, 'record/encoding');
  assert.equal(problem.place, 'byte 20');
});

test('UTF-16 is told', () => {
  assert.match(problemOf(Buffer.from('\uFEFF{}', 'utf16le')).message, /UTF-16/);
});
