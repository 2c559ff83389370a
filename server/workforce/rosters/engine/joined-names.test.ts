import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { JoinedNames } from './joined-names.ts';

test('lists of states have numbers in the order in which they first come, however many there could be', () => {
  const size = fc.constantFrom(2, 3, 1000, 100_000, 2 ** 31);
  const sizes = fc.array(size, { minLength: 1, maxLength: 40 });
  const cases = sizes.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.array(fc.tuple(...all.map((each) => fc.integer({ min: Math.max(0, each - 3), max: each - 1 }))), {
        maxLength: 60,
      }),
    ),
  );
  fc.assert(
    fc.property(cases, ([all, lists]) => {
      const names = new JoinedNames(all);
      const known = new Map<string, number>();
      for (const list of [...lists, ...lists]) {
        const key = list.join();
        if (!known.has(key)) known.set(key, known.size);
        assert.equal(names.of(Int32Array.from(list)), known.get(key));
      }
      assert.equal(names.size, known.size);
      names.clear();
      assert.equal(names.size, 0);
    }),
    { numRuns: 60 },
  );
});
