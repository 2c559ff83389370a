import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyMessage, CopyRows, type Db } from '../server/platform/db/index.ts';
import { resourceTexts } from './synthea.ts';

/** A COPY of resources into a table without an index: how the rows come, and into what. */
export type PlainCopy = {
  name: string;
  column: 'text' | 'jsonb';
  /** What is sent for the file of one step. Binary rows are made before the clock starts. */
  from: 'text file' | 'binary rows';
};

/** Of all, the first is the one that the target means: what anyone would type. The last is the fastest there is. */
export const plainCopies: PlainCopy[] = [
  { name: 'plain `COPY` of a text file into text', column: 'text', from: 'text file' },
  { name: 'plain `COPY` of a text file into jsonb', column: 'jsonb', from: 'text file' },
  { name: '`COPY` of binary rows already in memory into text', column: 'text', from: 'binary rows' },
];

/** About as many as a transaction of the import holds. */
const rowsInStep = 4_000;

/** Writes the resources of a folder of bundles to files, one resource a line, so many as go into one transaction. */
export function stepFiles(bundles: string, folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let lines: string[] = [];
  let step = 0;
  const write = (): void => {
    const name = `${String(++step).padStart(5, '0')}.ndjson`;
    writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`);
    lines = [];
  };
  for (const text of resourceTexts(bundles)) {
    lines.push(text);
    if (lines.length === rowsInStep) write();
  }
  if (lines.length > 0) write();
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
}

/** What a COPY took: seconds by the clock, and processor seconds of this process. Binary rows are made while neither runs. */
export type Taken = { seconds: number; processor: number };

/** Copies the files to a new logged table, one transaction each. */
export async function plainCopy(
  db: Db,
  { column, from }: PlainCopy,
  files: readonly string[],
): Promise<Taken> {
  await db.query('drop table if exists public.bench_plain');
  await db.query(`create table public.bench_plain (content ${column} not null)`);
  const format = from === 'text file' ? 'text' : 'binary';
  const statement = `copy public.bench_plain (content) from stdin (format ${format})`;
  const taken: Taken = { seconds: 0, processor: 0 };
  for (const file of files) {
    const made = from === 'binary rows' ? binaryRows(file) : undefined;
    const used = process.cpuUsage();
    const began = performance.now();
    const data = made ?? [escaped(readFileSync(file))];
    await db.transaction((tx) => tx.copyIn([{ statement, data }]));
    taken.seconds += (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(used);
    taken.processor += (user + system) / 1e6;
  }
  await db.query('drop table public.bench_plain');
  return taken;
}

/** COPY's text format takes a backslash for the start of an escape, so each is doubled. */
function escaped(bytes: Buffer): Buffer {
  if (!bytes.includes(0x5c)) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\\', '\\\\'), 'latin1');
}

function binaryRows(file: string): Buffer[] {
  const rows = new CopyRows(8 * 1024 * 1024);
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    rows.startRow(1);
    rows.text(line);
  }
  return copyMessage(rows.ranges());
}
