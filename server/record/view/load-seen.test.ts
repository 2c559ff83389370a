import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFor } from '../../platform/db/index.ts';
import type { Sight } from '../pieces/index.ts';
import type { StoredResource } from '../types.ts';
import { createSeenLoader } from './load-seen.ts';
import { openLoading } from './loading.fixture.ts';
import { hospital, weight } from './made-up-record.ts';

const { view, personId, owned, put, counting } = await openLoading();

const permit = { effect: 'permit', silent: false, obligations: [], reasons: [] } as const;

/** Sees all but what `hides` names. */
function sight(hides: (row: StoredResource) => boolean = () => false): Sight {
  const seen = {
    shows: async (rows: readonly StoredResource[]) => {
      openFor(rows.map(({ patientId }) => patientId));
      return rows.map((row) => (hides(row) ? undefined : row));
    },
    judges: async (_action: string, rows: readonly StoredResource[]) =>
      rows.map(() => ({ decision: permit, withoutLocation: false })),
  };
  return seen as unknown as Sight;
}

test('a record is read once for all who see it, and each sees their own part of it', async () => {
  const counted = counting();
  const load = createSeenLoader(counted);
  const whole = await load(sight(), personId);
  const part = await load(
    sight(({ type }) => type === 'Condition'),
    personId,
  );
  const again = await load(sight(), personId);
  assert.equal(counted.reads, 1);
  assert.equal(whole?.view.problems.active.length, 1);
  assert.equal(part?.view.problems.active.length, 0);
  assert.equal(again, whole);
  assert.notEqual(whole?.version, part?.version);
});

test('what is kept is not given out where its patients are not open behind the second wall', async () => {
  const counted = counting();
  const load = createSeenLoader({
    ...counted,
    headsThroughWall: async () => new Map(),
    recordOf: counted.recordOf.bind(counted),
  });
  await load(sight(), personId);
  await load(sight(), personId);
  assert.equal(counted.reads, 2);
});

test('a change of the record, or of the name of an organisation in it, is seen at once', async () => {
  const load = createSeenLoader(view);
  const before = await load(sight(), personId);
  await put(owned(weight('o1', '2026-01-01', 70).resource));
  const after = await load(sight(), personId);
  assert.equal(after?.view.results.length, 1);
  assert.notEqual(before?.version, after?.version);
  await put({ ...hospital, name: 'Hospital of another name' });
  const renamed = await load(sight(), personId);
  assert.notEqual(renamed?.version, after?.version);
  assert.match(JSON.stringify(renamed?.view), /Hospital of another name/);
  assert.equal((await load(sight(), personId))?.version, renamed?.version);
});
