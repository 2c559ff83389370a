import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { Keys, type StagedEvent } from '../../audit/index.ts';
import { odsSystem } from '../../organisations/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createServices } from '../../services.ts';
import { bulkRecord, openRecord, recordingDb } from './index.ts';

const db = await database();
const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-bulk-'));
after(() => rmSync(folder, { recursive: true }));
await new Keys(db, folder, systemClock).begin();
const services = await createServices(db);
after(() => services.validator.stop());

const lines = (name: string, resources: object[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, resources.map((each) => JSON.stringify(each)).join('\n'));
  return file;
};
const events = async () =>
  (await db.query<{ events: string }>('select events from audit.staged order by id')).flatMap(
    ({ events: text }) =>
      (JSON.parse(text) as StagedEvent[]).map(({ event, opened }) => ({ ...event, text: opened?.text })),
  );
const nothing = (): void => undefined;

test('a load tells of each person once for each source, and counts the rest', async () => {
  const people = ['a', 'b', 'c'];
  const patients = people.map((id, at) => ({ resourceType: 'Patient', id, birthDate: `19${61 + at}-05-02` }));
  const told = people.flatMap((id) =>
    [1, 2].map((n) => ({
      resourceType: 'Condition',
      id: `${id}-${n}`,
      subject: { reference: `Patient/${id}` },
      code: { text: 'Hay fever' },
    })),
  );
  const record = bulkRecord(await openRecord(db), db)!;
  const load = (paths: string[], source: string) =>
    services.importer.run({
      paths,
      source,
      agent: 'test',
      record: record.groupsOf(source),
      progress: { found: nothing, bytes: nothing, stored: nothing, note: nothing },
    });
  await load([lines('patients.ndjson', patients), lines('conditions.ndjson', told)], `${odsSystem}/RX1`);
  await load([lines('more.ndjson', [{ ...told[0], id: 'a-3' }])], `${odsSystem}/RX1`);
  const first = await events();
  const persons = first.flatMap(({ person }) => person ?? []);
  assert.deepEqual([persons.length, new Set(persons).size], [3, 3]);
  assert.ok(
    first.every(
      ({ organisation, rule, user }) =>
        organisation === 'RX1' && rule === 'loaded' && user.startsWith('account:'),
    ),
  );
  const counts = first.filter(({ resource }) => resource === 'load').map(({ text }) => text ?? '');
  assert.match(counts.join(), /3 Patient stored/);
  assert.match(counts.join(), /Condition stored/);
  await load(
    [lines('other.ndjson', [{ ...told[0], id: 'x', code: { text: 'Asthma' } }])],
    `${odsSystem}/RX2`,
  );
  const others = (await events()).filter(({ organisation }) => organisation === 'RX2');
  assert.equal(others.filter(({ person }) => person !== undefined).length, 1);
});

test('a transaction that changed nothing has no event of a change', async () => {
  const changing = recordingDb(db, await openRecord(db), { kind: 'policy', resource: 'Test' });
  const before = (await events()).length;
  await changing.transaction((tx) => tx.query('select 1'));
  assert.equal((await events()).length, before);
  await changing.transaction((tx) => tx.query('delete from audit.witness'));
  await changing.transaction((tx) =>
    tx.query(`insert into audit.followed (origin, keys, size) values ('x', '{}', 0)`),
  );
  assert.equal((await events()).length, before + 1);
});
