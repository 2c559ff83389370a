import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Problem } from '../server/platform/errors.ts';
import { openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir, type Connection } from '../server/platform/postgres/index.ts';
import { contentHash, countsByType } from '../server/record/store/index.ts';
import { withDb } from './data-folder.ts';

const cli = path.resolve(import.meta.dirname, '../server/cli.ts');
const shared = path.resolve(import.meta.dirname, '../../shared/data/synthea');

type Victim = 'import' | 'PostgreSQL' | 'both';
const victims: Victim[] = ['import', 'PostgreSQL', 'both'];

type State = { hash: string; counts: string; progress: string; rows: number };

/**
 * Kills an import with SIGKILL at random points: the importing process, PostgreSQL, or both at once. Then runs it again and
 * compares counts and content with an undisturbed import.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { points: { type: 'string', default: '20' }, files: { type: 'string', default: '60' } },
  });
  const work = mkdtempSync(path.join(os.tmpdir(), 'openics-kill-'));
  try {
    const files = someFiles(positionals[0] ?? shared, Number(values.files), work);
    const calmDir = path.join(work, 'calm');
    const began = performance.now();
    await runImport(files, calmDir).ended;
    const calmMs = performance.now() - began;
    const expected = await stateOf(calmDir);
    console.log(`undisturbed: ${(calmMs / 1000).toFixed(1)} s, content ${expected.hash}`);
    console.log(
      '| point | killed | rows stored by then | runs more | same |\n| --- | --- | --- | --- | --- |',
    );
    let allSame = true;
    for (let point = 1; point <= Number(values.points); point += 1) {
      const dataDir = path.join(work, `point-${point}`);
      const victim = victims[point % victims.length]!;
      const wanted = Math.floor(expected.rows * 0.95 * Math.random());
      const rows = await killDuring(files, dataDir, victim, wanted);
      const runs = await runToEnd(files, dataDir);
      const same = isSame(await stateOf(dataDir), expected);
      allSame &&= same;
      const cells = [point, victim, `${rows} of ${expected.rows}`, runs, same ? 'yes' : 'NO'];
      console.log(`| ${cells.join(' | ')} |`);
      removeDataDir(dataDir);
    }
    console.log(allSame ? '\nAfter every kill the rerun gave the same record.' : '\nThe records differ.');
    return allSame;
  } finally {
    removeDataDir(path.join(work, 'calm'));
    rmSync(work, { recursive: true, force: true });
  }
}

function someFiles(from: string, most: number, work: string): string {
  const folder = path.join(work, 'files');
  mkdirSync(folder);
  const names = readdirSync(from).filter((name) => name.endsWith('.json.gz'));
  for (const name of names.sort().slice(0, most)) cpSync(path.join(from, name), path.join(folder, name));
  return folder;
}

function runImport(files: string, dataDir: string) {
  const child = spawn(process.execPath, [cli, 'import', files, '--data', dataDir], { stdio: 'ignore' });
  return { child, ended: once(child, 'exit') as Promise<[number | null, string | null]> };
}

/** Starts an import and kills once `rows` resources are stored and a moment more. Gives how many were stored in the end. */
async function killDuring(files: string, dataDir: string, victim: Victim, rows: number): Promise<number> {
  const first = await openDatabase({ dataDir });
  const { child, ended } = runImport(files, dataDir);
  await untilStored(first.connection, rows, () => child.exitCode === null);
  await pause(Math.random() * 100);
  if (victim !== 'import') killPostgres(dataDir);
  if (victim !== 'PostgreSQL') child.kill('SIGKILL');
  await ended;
  await first.stop().catch(() => undefined);
  return withDb(dataDir, storedRows);
}

async function untilStored(connection: Connection, rows: number, isRunning: () => boolean): Promise<void> {
  const db = await openDb({ connection });
  try {
    while (isRunning() && (await storedRows(db)) < rows) await pause(5);
  } finally {
    await db.close();
  }
}

async function storedRows(db: Db): Promise<number> {
  const [there] = await db.query<{ there: boolean }>(
    `select to_regclass('record.resource') is not null as there`,
  );
  if (!there!.there) return 0;
  const [row] = await db.query<{ n: number }>('select count(*) as n from record.resource');
  return row!.n;
}

function killPostgres(dataDir: string): void {
  const pid = postmaster(dataDir);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

function postmaster(dataDir: string): number | undefined {
  try {
    const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    return Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  } catch {
    return undefined;
  }
}

/** Imports again until it ends by itself. Gives how often that was. */
async function runToEnd(files: string, dataDir: string): Promise<number> {
  for (let run = 1; run <= 3; run += 1) {
    const [code] = await runImport(files, dataDir).ended;
    if (code === 0 || code === 2) return run;
  }
  throw new Problem('prove/import', 500, 'The import could not finish after it was killed.', {
    place: dataDir,
  });
}

async function stateOf(dataDir: string): Promise<State> {
  return withDb(dataDir, async (db) => ({
    hash: await contentHash(db),
    counts: JSON.stringify([...(await countsByType(db))]),
    progress: JSON.stringify(
      await db.query(`select name, state, entries_read, counts from record.import_file order by name`),
    ),
    rows: await storedRows(db),
  }));
}

const isSame = (a: State, b: State): boolean =>
  a.hash === b.hash && a.counts === b.counts && a.progress === b.progress;
