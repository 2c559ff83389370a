import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { brokenLine } from './syntax.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('text that is JSON has no broken line, and whatever is not JSON has one', () => {
  const cut = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ',', ']', 'x', '0', ' ', '\n'));
  fc.assert(
    fc.property(cut, ([text, at, more]) => {
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + more + text.slice(place);
      return (brokenLine(changed) === undefined) === isJson(changed);
    }),
    { numRuns: 1000 },
  );
});

test('the broken line is the one where reading ends', () => {
  assert.equal(brokenLine('{"a": 1,\n "b": \n}'), 3);
  assert.equal(brokenLine('[1,\r\n2\r\n"x"]'), 3);
  assert.equal(brokenLine('{"a": 1}\n\nmore'), 3);
  assert.equal(brokenLine('{\n"a": 1,\n}'), 3);
  assert.equal(brokenLine(''), 1);
});
