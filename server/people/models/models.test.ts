import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { doings, id, minutes, rosa } from '../made-up.fixture.ts';
import { currentLinks, newPeopleRows, type ObservedPatient } from '../index.ts';
import { crowd } from '../crowd.fixture.ts';
import {
  adoptions,
  adoptModel,
  changesBetween,
  trainingPage,
  trainOnPeople,
  useAdoptedModel,
  type Trained,
} from './index.ts';

const db = await database();
const clock = minutes();
const { observe } = doings(db, clock);
const settings = { seed: 1, most: 100_000 };

test('of few people nothing is learned', async () => {
  await observe({ ...rosa, patientId: id(1) });
  await assert.rejects(trainOnPeople(db, settings), /too few to learn from/);
});

let learned: Trained;

test('training says what it learned and what would change, and names nobody', async () => {
  const patients = crowd(1_000, 3).map((each, n): ObservedPatient => ({
    ...each,
    patientId: id(100 + n),
    active: true,
    source: 'urn:example:gp',
  }));
  await db.transaction((tx) => tx.copyIn(newPeopleRows(patients, clock(), () => true)));
  learned = await trainOnPeople(db, settings);
  assert.equal(learned.learnedFrom, 1_001);
  assert.notEqual(learned.model.version, learned.from.version);
  assert.ok(changesBetween(learned.from, learned.model).length > 10);
  const page = trainingPage(learned);
  assert.match(page, /would change most: from [+-]?\d+\.\d to [+-]?\d+\.\d bits/);
  assert.doesNotMatch(page, /okafor|garcia/i);
});

test('a model that expects many more pairs of one person than are linked is warned of', () => {
  const fair = { ...learned, linkedPairs: 100, expectedPairs: 140 };
  assert.doesNotMatch(trainingPage(fair), /Do not adopt it/);
  assert.match(trainingPage({ ...fair, expectedPairs: 290 }), /Do not adopt it/);
});

test('the same people and seed give the same model', async () => {
  assert.deepEqual((await trainOnPeople(db, settings)).model, learned.model);
});

test('a model that is adopted decides from then on; what was decided keeps its version', async () => {
  const before = await useAdoptedModel(db);
  await observe({ ...rosa, patientId: id(2), source: 'urn:example:council' });
  const { model } = learned;
  const adoption = { by: 'Dr A. Test', reason: 'No worse by the bench', at: clock() };
  await adoptModel(db, model, adoption);
  assert.equal(await useAdoptedModel(db), model.version);
  await observe({ ...rosa, patientId: id(3), source: 'urn:example:trust' });
  assert.equal((await currentLinks(db, [id(2)])).get(id(2))?.model, before);
  const kept = await db.query<{ model: string }>(
    `select model from people.particulars where patient_id = any($1::uuid[]) order by patient_id`,
    [[id(2), id(3)]],
  );
  assert.deepEqual(kept, [{ model: before }, { model: model.version }]);
  assert.deepEqual(
    (await adoptions(db)).map(({ version, replaced, adoptedBy }) => ({ version, replaced, adoptedBy })),
    [{ version: model.version, replaced: before, adoptedBy: 'Dr A. Test' }],
  );
  await assert.rejects(adoptModel(db, model, adoption), /adopted before/);
});
