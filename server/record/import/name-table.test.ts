import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { NameTable } from './name-table.ts';

test('a name keeps the first number it was given', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.integer({ min: 1, max: 255 })), { maxLength: 2_000 }),
      (pairs) => {
        const table = new NameTable();
        const expected = new Map<string, number>();
        for (const [name, value] of pairs) {
          assert.equal(table.add(name, value), !expected.has(name));
          if (!expected.has(name)) expected.set(name, value);
        }
        assert.equal(table.count, expected.size);
        for (const [name, value] of expected) assert.equal(table.get(name), value);
        assert.equal(table.get('not one of them, surely'), 0);
      },
    ),
  );
});

test('names that differ in one character are told apart, a million of them', () => {
  const table = new NameTable();
  for (let n = 0; n < 1_000_000; n += 1) assert.ok(table.add(`Observation/${n}`, (n % 255) + 1));
  for (let n = 0; n < 1_000_000; n += 101) assert.equal(table.get(`Observation/${n}`), (n % 255) + 1);
  assert.equal(table.get('Observation/1000000'), 0);
});
