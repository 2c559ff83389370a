import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { copyMessage, CopyRows, openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { parentOf, processorSeconds } from './machine.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { runCommand } from './server.ts';
import { madeFolder, resourceTexts } from './synthea.ts';

const rowsAtOnce = 5_000;

/** Imports Synthea bundles by the real command, between two plain COPYs of the same resources into a table without an index. */
export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const size = options.size ?? 1_000_000;
  const data = madeFolder(options.folder, size);
  const dataDir = path.join(options.folder, 'ingest-data');
  removeDataDir(dataDir);

  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    await db.query('create table public.bench_plain (content text)');
    const before = await plainCopy(db, data.folder);
    const [backend] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postgres = parentOf(backend!.pid) ?? 0;
    const processor = (): [number, number] => [
      processorSeconds(process.pid, postgres),
      processorSeconds(postgres),
    ];
    const [ourBefore, theirBefore] = processor();
    const imported = await runCommand([
      'import',
      data.folder,
      '--data',
      dataDir,
      '--source',
      'urn:bench:synthea',
    ]);
    const [ourAfter, theirAfter] = processor();
    const after = await plainCopy(db, data.folder);
    const [stored] = await db.query<{ n: number }>('select count(*) as n from record.resource');
    const [disk] = await db.query<{ bytes: number }>(
      `select sum(pg_total_relation_size(c.oid))::bigint as bytes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('record', 'people', 'platform') and c.relkind = 'r'`,
    );
    const plainRate = (2 * data.resources) / (before + after);
    const rate = data.resources / imported.seconds;
    const each = (seconds: number): string => ((seconds * 1e6) / data.resources).toFixed(0);
    const million = 1e6 / data.resources;
    return {
      name: 'ingest',
      command: `./openics bench ingest --size ${size}`,
      columns: ['what', 'resources', 'seconds', 'resources/s', 'share of plain COPY'],
      rows: [
        ['plain COPY, no index, before', data.resources, before, data.resources / before, 1],
        [
          '`./openics import`, start and stop of the command included',
          data.resources,
          imported.seconds,
          rate,
          rate / plainRate,
        ],
        ['plain COPY, no index, after', data.resources, after, data.resources / after, 1],
      ],
      notes: [
        `${data.people} people; ${stored!.n} resources stored (organisations and practitioners repeat across bundles); ${(data.bytes / data.resources).toFixed(0)} bytes of JSON each.`,
        `Processor time of the import, a resource: ${each(ourAfter - ourBefore)} µs in Node, ${each(theirAfter - theirBefore)} µs in PostgreSQL.`,
        `A million resources: ${(imported.seconds * million).toFixed(0)} s and ${((disk!.bytes * million) / 2 ** 30).toFixed(2)} GiB on disk, indexes and history included (${((data.bytes * million) / 2 ** 30).toFixed(2)} GiB of JSON).`,
      ],
    };
  } finally {
    await db.close();
    await opened.stop();
  }
}

/** Seconds to COPY every resource as text, from this process to an empty table; making the rows is not counted. */
async function plainCopy(db: Db, folder: string): Promise<number> {
  await db.query('truncate public.bench_plain');
  let seconds = 0;
  const statement = 'copy public.bench_plain (content) from stdin (format binary)';
  const send = async (rows: CopyRows): Promise<void> => {
    const data = copyMessage(rows.ranges());
    const began = performance.now();
    await db.transaction((tx) => tx.copyIn([{ statement, data }]));
    seconds += (performance.now() - began) / 1000;
  };
  let rows = new CopyRows(8 * 1024 * 1024);
  for (const text of resourceTexts(folder)) {
    rows.startRow(1);
    rows.text(text);
    if (rows.count < rowsAtOnce) continue;
    await send(rows);
    rows = new CopyRows(8 * 1024 * 1024);
  }
  if (rows.count > 0) await send(rows);
  return seconds;
}
