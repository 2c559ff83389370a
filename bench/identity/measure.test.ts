import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { forEachPair, gathered, Joining } from './joining.ts';
import { measure } from './measure.ts';
import type { Outcome } from './outcome.ts';
import { byThreshold } from './threshold.ts';
import { groupNames, type GroupName, type TrueRecord } from './truth.ts';

test('pairs counted while joining are those counted one by one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4), { minLength: 1, maxLength: 30 }),
      fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 40 }),
      (people, joins) => {
        const truth = Int32Array.from(people);
        const joining = new Joining(truth);
        for (const [a, b] of joins) joining.join(a % truth.length, b % truth.length);
        let [found, right] = [0, 0];
        forEachPair([...truth.keys()], (a, b) => {
          if (!joining.areTogether(a, b)) return;
          found++;
          if (truth[a] === truth[b]) right++;
        });
        assert.deepEqual([joining.found, joining.right], [found, right]);
      },
    ),
  );
});

test('records are gathered by their group', () => {
  assert.deepEqual(gathered(Int32Array.from([1, 0, 1])), [[1], [0, 2]]);
});

const record = (identity: number, person = identity): TrueRecord => ({
  patientId: '',
  partner: 'gp-001',
  localId: '',
  identity,
  person,
  scenario: 'none',
  errors: ['none'],
  groups: Object.fromEntries(groupNames.map((name) => [name, 'all'])) as Record<GroupName, string>,
});

/** Three records of the first person, one each of two others; the last one is the second's changed identity. */
const truth = [record(0), record(0), record(0), record(1), record(2, 1)];
const outcome: Outcome = {
  person: Int32Array.from([0, 0, 1, 2, 2]),
  matched: [
    { a: 1, b: 0, weight: 30 },
    { a: 4, b: 3, weight: 20 },
  ],
  superseded: [],
  questions: [
    { record: 2, candidates: [{ a: 2, b: 0, weight: 9 }], queue: 'ordinary', reasons: 'doubt' },
    { record: 3, candidates: [{ a: 3, b: 0, weight: 1 }], queue: 'ordinary', reasons: 'doubt' },
  ],
  held: 0,
  unheard: 0,
};

test('a pair counts as found when a right answer to a question that waits would join it', () => {
  const { truePairs, automatic, reviewed, fruitful, missed } = measure(truth, outcome);
  assert.deepEqual(
    { truePairs, automatic, reviewed, fruitful, missed },
    {
      truePairs: 3,
      automatic: { found: 2, right: 1 },
      reviewed: 3,
      fruitful: 1,
      missed: [],
    },
  );
});

test('two identities of one person that were joined are wrong, and counted apart', () => {
  const { sealed, wrong } = measure(truth, outcome);
  assert.deepEqual(wrong, [[3, 4]]);
  assert.deepEqual(sealed, { joined: 1, asked: 0 });
});

test('a higher threshold joins less', () => {
  const points = byThreshold(truth, outcome, 3);
  const at = (weight: number) => points.find((point) => point.weight === weight);
  assert.deepEqual(at(25), { weight: 25, precision: 1, recall: 1 / 3 });
  assert.deepEqual(at(5), { weight: 5, precision: 3 / 4, recall: 1 });
});
