import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDb } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { countsByType } from '../server/record/store/index.ts';
import { runCommand } from './server.ts';

const shared = path.resolve(import.meta.dirname, '../../shared/data/synthea');
const counter = path.resolve(import.meta.dirname, '../scripts/count-bundles.py');

/** Imports all Synthea files into an empty record and compares what is stored with a count of the files by another program. */
export async function prove(args: string[]): Promise<boolean> {
  const from = path.resolve(args[0] ?? shared);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'openics-counts-'));
  try {
    const counted = new Map(
      execFileSync('python3', [counter, from], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((line): [string, number] => [line.split('\t')[0]!, Number(line.split('\t')[1])]),
    );
    const { output } = await runCommand(['import', from, '--data', dataDir]);
    console.log(output);
    const stored = await storedIn(dataDir);
    console.log('| type | counted in the files | stored | same |\n| --- | --- | --- | --- |');
    for (const [type, n] of counted)
      console.log(`| ${type} | ${n} | ${stored.get(type) ?? 0} | ${stored.get(type) === n ? 'yes' : 'NO'} |`);
    const same = stored.size === counted.size && [...counted].every(([type, n]) => stored.get(type) === n);
    console.log(same ? '\nEvery count is the same.' : '\nThe counts differ.');
    return same;
  } finally {
    removeDataDir(dataDir);
  }
}

async function storedIn(dataDir: string): Promise<Map<string, number>> {
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    return await countsByType(db);
  } finally {
    await db.close();
    await opened.stop();
  }
}
