import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import { Ledger } from './ledger.ts';
import { costOf, modelOf } from './model.ts';

const change = fc.record({
  from: fc.integer({ min: 0, max: 6 }),
  days: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 7 }),
});

test('a change of some days costs what the two whole rosters differ by, after any changes before it', () => {
  const model = modelOf(smallWard(1, 1), { isWhole: false });
  const person = model.people[0];
  assert.ok(person !== undefined);
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const ledger = new Ledger(person, Uint8Array.from([1, 1, 1, 0, 0, 0, 0]), {
        choices: 3,
        hard: 50,
        tables: new Map(),
      });
      for (const { from, days } of changes) {
        const wanted = ledger.days.slice();
        wanted.set(days.slice(0, 7 - from), from);
        const before = costOf(person, ledger.days, 3);
        const after = costOf(person, wanted, 3);
        const more = ledger.change(wanted, from, Math.min(7, from + days.length));
        if (more === Infinity) {
          assert.equal(after, Infinity);
          continue;
        }
        if (before !== Infinity && after !== Infinity) assert.equal(more, after - before);
        ledger.take(wanted, from, Math.min(7, from + days.length));
        assert.equal(ledger.breaches() === 0, after !== Infinity);
      }
    }),
    { numRuns: 300 },
  );
});
