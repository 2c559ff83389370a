import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, at, ben, house, opening } from '../house.fixture.ts';
import {
  createDurableTrail,
  eraseParticulars,
  logLines,
  searchEvents,
  verifyList,
  verifyLog,
} from '../index.ts';

test('erasing the personal text of one person breaks no proof, and is seen as erased', async (t) => {
  const { db, log, proofs } = await house(t);
  const secret = { particulars: { userName: 'Nur Ali', query: 'Patient?name=okafor' } };
  await log.note(opening(ada, secret), opening(ben, secret), opening(ada, secret));
  await log.placeAll();
  const later = new Date(at.getTime() + 1);
  assert.equal(await eraseParticulars(db, ada, later), 2);
  const trust = { keys: await log.keys.texts() };
  assert.ok((await verifyLog(logLines(db), trust)).holds);
  const bundle = await proofs.list({ kind: 'person', id: ada });
  assert.doesNotMatch(JSON.stringify(bundle), /okafor|Nur Ali/);
  const finding = await verifyList(bundle, trust);
  assert.ok(finding.holds && finding.erased === 2 && finding.events === 2);
});

test('the gate may note into the log by the interface it knows, and an officer finds it', async (t) => {
  const { db, log } = await house(t);
  const trail = createDurableTrail(log);
  const one = {
    at,
    subject: 'local',
    action: 'read',
    resource: 'identity',
    permitted: true,
    reason: 'rule 1',
  };
  await trail.note(one);
  await trail.note({ ...one, permitted: false, reason: 'rule 2' });
  await log.placeAll();
  assert.deepEqual(trail.counts(), { permitted: 1, refused: 1 });
  const refused = await searchEvents(db, { outcome: 'refused', user: 'local', limit: 10 });
  assert.deepEqual(
    refused.map(({ event }) => [event.kind, event.resource, event.rule]),
    [['read', 'identity', 'rule 2']],
  );
});
