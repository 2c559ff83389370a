import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { totals } from './counts.ts';
import {
  bundle,
  observation,
  openDesk,
  openStored,
  openTestImporter,
  patient,
  quiet,
  uuid,
} from './made-up.ts';
import { listQuarantine } from './store-quarantine.ts';

const db = await database();
const desk = openDesk(db);
const { content } = openStored(db);

test('a mended resource is stored, with the links its bundle gave it', async () => {
  const wrong = observation(uuid(52), `urn:uuid:${uuid(51)}`, { status: 'perhaps' });
  const job = await desk.run([desk.write('to-mend.json', bundle('transaction', patient(uuid(51)), wrong))]);
  assert.deepEqual(job.counts, { Patient: { stored: 1 }, Observation: { quarantined: 1 } });
  const held = (await listQuarantine(db, { jobId: job.id }, { limit: 10 }))[0]!;
  assert.partialDeepStrictEqual(held, { path: 'Observation.status', entry: 2, line: 1, type: 'Observation' });
  await desk.importer.mend(held.id, JSON.stringify({ ...wrong, status: 'final' }, null, 2), 'a person');
  assert.partialDeepStrictEqual(await desk.importer.replay(held.id, 'a person'), { replayed: true });
  assert.deepEqual((await content('Observation', uuid(52)))?.['subject'], {
    reference: `Patient/${uuid(51)}`,
  });
  await assert.rejects(desk.importer.replay(held.id, 'a person'), { code: 'import/quarantine-settled' });
  const again = await desk.run(job.paths, { again: true });
  assert.deepEqual(again.counts, { Patient: { unchanged: 1 }, Observation: { unchanged: 1 } });
  assert.equal((await content('Observation', uuid(52)))?.['status'], 'final');
});

test('a damaged piece of a bundle is mended and stored', async () => {
  const whole = JSON.stringify(bundle('batch', patient('z1'), patient('z2'), patient('z3')));
  const job = await desk.run([
    desk.write('damaged.json', whole.replace('"id":"z2","name":[', '"id":"z2","name":['.slice(0, -1))),
  ]);
  assert.deepEqual(job.counts.Patient, { stored: 2 });
  const held = (await listQuarantine(db, { jobId: job.id }, { limit: 10 }))[0]!;
  assert.equal(held.code, 'malformed');
  await desk.importer.mend(
    held.id,
    JSON.stringify({ fullUrl: 'urn:uuid:z2', resource: patient('z2') }),
    'a person',
  );
  assert.partialDeepStrictEqual(await desk.importer.replay(held.id, 'a person'), {
    replayed: true,
    stored: ['Patient/z2'],
  });
  assert.notEqual(await content('Patient', 'z2'), undefined);
});

test('a dismissed item is not held again', async () => {
  const file = desk.write('dismiss.json', patient('dis', { gender: 'banana' }));
  const job = await desk.run([file]);
  const held = (await listQuarantine(db, { jobId: job.id }, { limit: 10 }))[0]!;
  await desk.importer.dismiss(held.id, 'a person');
  assert.deepEqual((await desk.run([file], { again: true })).counts, { Patient: { unchanged: 1 } });
});

test('bad resources of every kind are held back with their place and reason, and the good one beside them is stored', async () => {
  const lines = [
    JSON.stringify(patient('good-1')),
    '{"resourceType":"Patient","id":"bad-json",}',
    JSON.stringify({ resourceType: 'Spaceship', id: 's' }),
    JSON.stringify({ id: 'no-type' }),
    JSON.stringify(patient('deep', { extension: nested(200) })),
    JSON.stringify(patient('bad id!')),
    JSON.stringify(patient('date', { birthDate: '2026-13-45' })),
    '{"resourceType":"Patient","id":"twice","active":true,"active":false}',
    '{"resourceType":"Patient","id":"nul","name":[{"family":"a\\u0000b"}]}',
    '{"resourceType":"Patient","id":"half","name":[{"family":"\\ud800"}]}',
    '{"resourceType":"Patient","id":"proto","__proto__":{"a":1}}',
    JSON.stringify(patient('good-2')),
  ];
  const job = await desk.run([desk.write('bad.ndjson', lines.join('\n'))]);
  assert.deepEqual(totals(job.counts), { stored: 2, unchanged: 0, deleted: 0, skipped: 0, quarantined: 10 });
  const held = await listQuarantine(db, { jobId: job.id }, { limit: 100 });
  assert.deepEqual(
    held.map((each) => each.line),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
  for (const each of held) {
    assert.ok(each.reason.length > 10 && each.code !== '', JSON.stringify(each));
    assert.doesNotMatch(each.reason, /Made-Up|2026-13/);
  }
});

test('a resource that the database cannot hold does not stop the others', async () => {
  await db.query(`alter table record.resource add constraint not_this check (rid <> '${uuid(77)}')`);
  const some = Array.from({ length: 20 }, (_, i) => patient(uuid(70 + i)));
  const job = await desk.run([desk.write('refused.json', bundle('batch', ...some))]);
  assert.deepEqual(job.counts, { Patient: { stored: 19, quarantined: 1 } });
  const held = await listQuarantine(db, { jobId: job.id }, { limit: 10 });
  assert.partialDeepStrictEqual(held, [{ code: 'exception', resourceId: uuid(77), entry: 8 }]);
  await db.query('alter table record.resource drop constraint not_this');
  assert.partialDeepStrictEqual(await desk.importer.replay(held[0]!.id, 'test'), { replayed: true });
});

test('a resource whose search values cannot be made does not stop the others', async () => {
  const faulty = openTestImporter(db, (extractor) => ({
    ...extractor,
    extract(type, resource, row) {
      if (resource.id === 'faulty') throw new Error('no value');
      extractor.extract(type, resource, row);
    },
  }));
  const file = desk.write('faulty.json', bundle('batch', patient('f1'), patient('faulty'), patient('f2')));
  const job = await faulty.run({ paths: [file], agent: 'test', progress: quiet });
  assert.deepEqual(job.counts, { Patient: { stored: 2, quarantined: 1 } });
});

test('very long words are stored', async () => {
  const words = Array.from({ length: 4_000 }, (_, i) => (Math.sin(i) * 1e9).toString(36)).join('');
  const job = await desk.run([desk.write('long.json', patient('long-name', { name: [{ family: words }] }))]);
  assert.deepEqual(job.counts, { Patient: { stored: 1 } });
});

function nested(depth: number): unknown[] {
  let value: unknown[] = [];
  for (let i = 0; i < depth; i += 1) value = [{ url: 'urn:x', extension: value }];
  return value;
}
