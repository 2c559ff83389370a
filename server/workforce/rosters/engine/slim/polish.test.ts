import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextOf } from '../context.fixture.ts';
import { costOf, modelOf, type PersonModel } from '../model.ts';
import { fortnight } from './slim.fixture.ts';
import { slimFirst } from './first.ts';
import { slimPolish, tookBetter } from './polish.ts';
import { slimsOf } from './slim.ts';

const model = modelOf(fortnight(20), { isWhole: false });
const slims = slimsOf(model) ?? [];
const first = slimFirst(model, slims, () => false);
assert.ok(first !== undefined);
const context = contextOf(model, 1);

test('a person takes better days beside the rest, or keeps theirs, and nobody else moves', () => {
  const standing = first.copy();
  let better = 0;
  for (const place of slims.keys()) {
    const [before, others] = [standing.total(), standing.days.filter((_, other) => other !== place)];
    const isBetter = tookBetter(context, standing, slims, place);
    assert.equal(isBetter, standing.total() < before - 1e-6);
    assert.ok(standing.total() <= before);
    assert.deepEqual(
      standing.days.filter((_, other) => other !== place),
      others,
    );
    const person = model.people[place] as PersonModel;
    assert.equal(
      costOf(person, standing.days[place] as Uint8Array, model.choices),
      standing.costs[place] as number,
    );
    better += isBetter ? 1 : 0;
  }
  assert.ok(better > 0);
});

test('people take better days in turn until nobody finds any', () => {
  const standing = first.copy();
  slimPolish(context, standing, slims);
  assert.ok(standing.total() < first.total());
  const calm = standing.total();
  for (const place of slims.keys()) assert.equal(tookBetter(context, standing, slims, place), false);
  assert.equal(standing.total(), calm);
});
