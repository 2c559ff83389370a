import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { decideDifferent, decideSame, supersede, takeBack, unlink, unsupersede } from './decisions.ts';
import { linkHistory } from './store/links.ts';
import { doings, id, minutes, rosa, tom } from './made-up.fixture.ts';

const db = await database();
const clock = minutes();
const { observe, personOf, samePerson, companions } = doings(db, clock);
const by = (reason: string) => ({ by: 'AB', reason, at: clock() });

test('two patients that a reviewer joins are one person; taking it back restores both', async () => {
  await observe({ ...rosa, patientId: id(1) }, { ...tom, patientId: id(2) });
  const before = [await personOf(1), await personOf(2)];
  const decision = await db.transaction((tx) =>
    decideSame(tx, { patientId: id(2), otherId: id(1) }, by('seen together')),
  );
  assert.ok(await samePerson(1, 2));
  await db.transaction((tx) => takeBack(tx, decision, by('it was a mistake')));
  assert.deepEqual([await personOf(1), await personOf(2)], before);
});

test('a patient that is unlinked stays apart although all agrees, until that is taken back', async () => {
  await observe({ ...rosa, patientId: id(3) });
  assert.ok(await samePerson(1, 3));
  const decision = await db.transaction((tx) => unlink(tx, id(3), by('a cousin of that name')));
  assert.equal(await samePerson(1, 3), false);
  await observe({ ...rosa, patientId: id(3), phones: ['07700 900999'] });
  assert.equal(await samePerson(1, 3), false, 'an update does not join them again');
  await db.transaction((tx) => takeBack(tx, decision, by('it was her after all')));
  await observe({ ...rosa, patientId: id(3) });
  assert.ok(await samePerson(1, 3));
});

test('what was believed, and when, can be asked afterwards', async () => {
  const history = await linkHistory(db, [id(3)]);
  const believed = (at: Date) =>
    history.filter(
      (link) => link.recorded <= at && (link.recordedTo === undefined || at < link.recordedTo) && !link.to,
    );
  for (const link of history) assert.equal(believed(link.recorded).length, 1);
  assert.ok(history.length >= 3);
});

test('a reviewer cannot join persons with two NHS numbers', async () => {
  await observe({ ...rosa, patientId: id(10), nhsNumber: '9434765919' });
  await observe({ ...tom, patientId: id(11), nhsNumber: '4010232137' });
  await assert.rejects(
    db.transaction((tx) => decideSame(tx, { patientId: id(11), otherId: id(10) }, by('guess'))),
    { code: 'identity/contradiction' },
  );
  assert.equal(await samePerson(10, 11), false);
});

test('joining what was decided to differ takes the earlier decision back', async () => {
  await observe({ ...tom, patientId: id(12), given: ['Tom'], family: ['Other'], birthDate: '1970-01-02' });
  const pair = { patientId: id(12), otherId: id(2) };
  await db.transaction((tx) => decideDifferent(tx, { ...pair, otherIds: [id(2)] }, by('not him')));
  await db.transaction((tx) => decideSame(tx, pair, by('him after all')));
  assert.ok(await samePerson(12, 2));
});

test('a record that its source replaced is the person of the one that replaced it, and back again', async () => {
  await observe({ ...tom, patientId: id(20), family: ['Losing'], birthDate: '1950-05-05', given: ['Al'] });
  await observe({
    ...rosa,
    patientId: id(21),
    family: ['Surviving'],
    birthDate: '1951-06-06',
    given: ['Bo'],
  });
  const before = [await personOf(20), await personOf(21)];
  const event = { losing: id(20), surviving: id(21), source: 'urn:example:trust' };
  assert.equal(await db.transaction((tx) => supersede(tx, { ...event, at: clock() })), true);
  assert.equal(await db.transaction((tx) => supersede(tx, { ...event, at: clock() })), true, 'said again');
  assert.deepEqual((await companions(20)).sort(), [id(20), id(21)]);
  const [late] = (await linkHistory(db, [id(20), id(21)])).filter((link) => link.method === 'superseded');
  assert.ok(late !== undefined);
  assert.equal(await db.transaction((tx) => unsupersede(tx, { ...event, at: clock() })), true);
  assert.deepEqual([await personOf(20), await personOf(21)], before);
  assert.equal(
    await db.transaction((tx) => unsupersede(tx, { ...event, at: clock() })),
    false,
    'nothing to undo',
  );
});

test('a replacement that would bring two NHS numbers together is kept, and joins nothing', async () => {
  const event = { losing: id(10), surviving: id(11), source: 'urn:example:trust' };
  assert.equal(await db.transaction((tx) => supersede(tx, { ...event, at: clock() })), false);
  await observe({ ...tom, patientId: id(11) });
  assert.ok(await samePerson(10, 11), 'it joins when the wrong number is gone');
});

test('a source may say that it replaced a record before that record comes', async () => {
  const event = { losing: id(40), surviving: id(41), source: 'urn:example:trust', at: clock() };
  assert.equal(await db.transaction((tx) => supersede(tx, event)), false);
  await observe({ ...tom, patientId: id(41), family: ['Early'], given: ['Cy'], birthDate: '1944-01-09' });
  await observe({ ...rosa, patientId: id(40), family: ['Late'], given: ['Di'], birthDate: '1931-02-08' });
  assert.ok(await samePerson(40, 41));
});

test('nobody can decide about a patient that does not exist', async () => {
  await assert.rejects(
    db.transaction((tx) => decideSame(tx, { patientId: id(900), otherId: id(1) }, by('a guess'))),
    { code: 'identity/unknown-patient' },
  );
});
