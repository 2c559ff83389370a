import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fortnight } from './slim.fixture.ts';
import { modelOf, type PersonModel } from '../model.ts';
import { SlimSpace } from './space.ts';
import { SlimTables, type SlimTable } from './table.ts';

const days = 30;
const model = modelOf(fortnight(), { isWhole: false });
const sequences = new SlimTables(model).of(model.people[0] as PersonModel);
assert.ok(sequences !== undefined);
const { table } = sequences;

/** The rests of one state before one day, the plain way: every step of every state. */
function rests(
  { states, classes, arcStart, arcClass, arcTarget, arcCost, ends, inside }: SlimTable,
  costs: Float64Array,
  place: Int8Array,
): number[] {
  const list = Array.from({ length: 2 * (days + 1) * states }, () => Infinity);
  for (let day = days; day >= 0; day--)
    for (let state = 0; state < states; state++)
      for (const worked of [0, 1]) {
        const at = 2 * (day * states + state);
        if (day === days) list[at + worked] = ends[state] as number;
        else if (worked === 1 && (place[day] as number) <= 0) list[at + 1] = list[at] as number;
        else
          for (let arc = arcStart[state] as number; arc < (arcStart[state + 1] as number); arc++) {
            const kind = arcClass[arc] as number;
            const next = 2 * ((day + 1) * states + (arcTarget[arc] as number));
            const cost =
              (costs[2 * (day * classes + kind) + worked] as number) +
              (arcCost[arc] as number) +
              (list[next + (worked | (inside[kind] as number))] as number);
            list[at + worked] = Math.min(list[at + worked] as number, cost);
          }
      }
  return list;
}

test('what each state costs to the end is the least of all its steps, whether its block has work so far or not', () => {
  const space = new SlimSpace();
  space.fit(2, 3, table);
  space.fit(days, 3, table);
  const costsOf = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Infinity)), {
    minLength: 2 * days * table.classes,
    maxLength: 2 * days * table.classes,
  });
  const blocks = fc.array(fc.boolean(), { minLength: days, maxLength: days });
  fc.assert(
    fc.property(costsOf, blocks, (list, isIn) => {
      const place = new Int8Array(days + 1).fill(-1);
      isIn.forEach((is, day) => (place[day] = is ? (place[day - 1] ?? -1) + 1 : -1));
      space.costs.set(list);
      space.complete(days, table, place);
      const expected = rests(table, space.costs, place);
      assert.deepEqual(Array.from(space.rests.subarray(0, expected.length)), expected);
    }),
  );
});

test('a person for many days has room in memory', () => {
  const space = new SlimSpace();
  const many = 3000;
  space.fit(many, 3, table);
  space.costs.fill(1);
  space.complete(many, table, new Int8Array(many).fill(-1));
  assert.equal(space.rests[2 * table.start], many);
});
