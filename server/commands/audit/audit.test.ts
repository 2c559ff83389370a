import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { databaseAddress } from '../../../test/support/database.ts';
import { openAuditLog, Proofs } from '../../audit/index.ts';
import { openDb } from '../../platform/db/index.ts';

const cli = path.resolve(import.meta.dirname, '../../cli.ts');
const person = '0198a000-0000-7000-8000-00000000000a';

/** A data folder and database with a small log, and its list in a file. */
async function prepared(t: TestContext) {
  const { url } = await databaseAddress(t);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'openics-audit-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  const db = await openDb({ connection: { connectionString: url } });
  const log = await openAuditLog({ db, dataDir, clock: () => new Date(), onError: console.error });
  for (let i = 0; i < 5; i++)
    await log.note({ at: new Date(), kind: 'read', outcome: 'permitted', user: 'nurse-1', person });
  await log.placeAll();
  await log.stop();
  const bundle = await new Proofs(db).list({ kind: 'person', id: person });
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(dataDir, name), text);
    return path.join(dataDir, name);
  };
  const files = {
    key: file('keys.txt', `${(await log.keys.texts()).join('\n')}\n`),
    list: file('list.json', JSON.stringify(bundle)),
    cut: file('cut.json', JSON.stringify({ ...bundle, events: bundle.events.slice(1) })),
  };
  const openics = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: url };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, 'audit', ...args, '--data', dataDir],
      {
        encoding: 'utf8',
        env,
      },
    );
    return { status, said: stdout + stderr };
  };
  return { db, files, openics };
}

/** The events that were handed on, a line each. */
const eventsIn = (text: string): { seq: number }[] =>
  text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { seq: number });

test('the command checks a list that was handed over, and the log itself', async (t) => {
  const { db, files, openics } = await prepared(t);
  const whole = openics('verify', '--bundle', files.list, '--key', files.key);
  assert.equal(whole.status, 0, whole.said);
  assert.match(whole.said, /whole and unchanged: 5 events/);
  const cut = openics('verify', '--bundle', files.cut, '--key', files.key);
  assert.equal(cut.status, 1);
  assert.match(cut.said, /does NOT hold/);
  const unknown = openics('verify', '--bundle', files.list);
  assert.match(unknown.said, /Nobody said whose signature to believe/);
  assert.equal(openics('verify').status, 0);
  const all = eventsIn(openics('events').said);
  assert.equal(all.length, 5);
  const rest = eventsIn(openics('events', '--after', String(all[2]!.seq)).said);
  assert.deepEqual(rest, all.slice(3));
  await db.query(`update audit.event set outcome = 'refused' where person_count = 3`);
  await db.close();
  const changed = openics('verify', '--key', files.key);
  assert.equal(changed.status, 1);
  assert.match(changed.said, /does NOT hold/);
});
