import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from './index.ts';

test('the example of RFC 8785, section 3.2.2 and 3.2.3, is written as the standard says', () => {
  const value = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  assert.equal(
    canonicalJson(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('names are sorted by UTF-16 code units, as in the example of RFC 8785, section 3.2.3', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  assert.deepEqual(
    [...canonicalJson(value).matchAll(/:"(\w+)/g)].map(([, word]) => word),
    ['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Emoji', 'Hebrew'],
  );
});

test('numbers are written as in the examples of RFC 8785, appendix B', () => {
  const examples: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [0.000001, '0.000001'],
    [333333333.33333325, '333333333.33333325'],
  ];
  for (const [number, text] of examples) assert.equal(canonicalJson(number), text);
});

test('what has no canonical form is refused', () => {
  assert.throws(() => canonicalJson(Number.NaN));
  assert.throws(() => canonicalJson({ a: [Infinity] }));
  assert.throws(() => canonicalJson('\ud800'));
  assert.throws(() => canonicalJson({ '\ude00': 1 }));
});
