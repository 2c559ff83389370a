import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseAddress } from '../../../test/support/database.ts';
import { openDb, type Db } from '../../platform/db/index.ts';
import { contentHash, countsByType } from '../store/index.ts';
import { totals } from './counts.ts';
import { bundle, observation, openTestImporter, patient, practitioner, quiet, uuid } from './made-up.ts';

const cli = path.resolve(import.meta.dirname, '../../cli.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-kill-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const data = path.join(folder, 'files');
const people = 30;
const seenOfEach = 300;

/** Bundles with sound and unsound resources, some that wait for a later file, and one long file of lines. */
function makeData(): void {
  mkdirSync(data);
  const lines: string[] = [];
  for (let person = 1; person <= people; person += 1) {
    const seen = Array.from({ length: seenOfEach }, (_, i) =>
      observation(uuid(person * 10_000 + i), `urn:uuid:${uuid(person)}`, {
        ...(i % 100 === 7 ? { status: 'perhaps' } : {}),
        ...(i % 50 === 3
          ? { performer: [{ reference: `Practitioner?identifier=urn:example:staff|${i}` }] }
          : {}),
      }),
    );
    const file = path.join(data, `bundle-${String(person).padStart(2, '0')}.json`);
    writeFileSync(file, JSON.stringify(bundle('transaction', ...seen, patient(uuid(person)))));
    for (let i = 0; i < seenOfEach; i += 1) {
      const said = observation(`line-${person}-${i}`, `Patient/${uuid(person)}`);
      lines.push(JSON.stringify(i % 100 === 9 ? { ...said, code: 17 } : said));
    }
  }
  writeFileSync(path.join(data, 'lines.ndjson'), lines.join('\n'));
  const staff = Array.from({ length: seenOfEach / 50 }, (_, i) =>
    practitioner(`dr-${i}`, String(i * 50 + 3)),
  );
  writeFileSync(path.join(data, 'staff.json'), JSON.stringify(bundle('collection', ...staff)));
}

async function stateOf(db: Db) {
  const held = await db.query<{ n: number }>('select count(*) as n from record.quarantine');
  return {
    counts: Object.fromEntries(await countsByType(db)),
    hash: await contentHash(db),
    held: held[0]!.n,
  };
}

async function openedAt(url: string): Promise<Db> {
  const db = await openDb({ connection: { connectionString: url } });
  after(() => db.close());
  return db;
}

async function killed(url: string, afterRows: number, db: Db): Promise<boolean> {
  const child = spawn(process.execPath, [cli, 'import', data, '--data', path.join(folder, 'locks')], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  while (child.exitCode === null) {
    const [row] = await db.query<{ n: number }>('select count(*) as n from record.resource_key');
    if (row!.n >= afterRows) break;
    await pause(5);
  }
  await pause(Math.random() * 60);
  child.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, string | null];
  return signal === 'SIGKILL';
}

test('an import that is killed again and again ends with the same record as an undisturbed one', async () => {
  makeData();
  const calm = await openedAt((await databaseAddress()).url);
  const job = await openTestImporter(calm).run({ paths: [data], agent: 'test', progress: quiet });
  const expected = await stateOf(calm);
  assert.equal(totals(job.counts).stored, people * (seenOfEach * 2 - 6 + 1) + 6);

  const { url } = await databaseAddress();
  const db = await openedAt(url);
  let kills = 0;
  for (const rows of [1, 5_000, 12_000]) if (await killed(url, rows, db)) kills += 1;
  assert.ok(kills > 0, 'the import was never cut off');

  const resumed = await openTestImporter(db).run({ paths: [data], agent: 'test', progress: quiet });
  assert.deepEqual(await stateOf(db), expected);
  assert.deepEqual(resumed.counts, job.counts);
});
