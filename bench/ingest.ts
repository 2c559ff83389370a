import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { parentOf, processorSeconds } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { plainCopies, plainCopy, stepFiles, type PlainCopy } from './plain-copy.ts';
import type { Finding } from './report.ts';
import { runCommand } from './server.ts';
import { madeFolder } from './synthea.ts';

/** What something took: by the clock, and of processors in Node and in PostgreSQL. */
type Cost = { seconds: number; node: number; postgres: number };

/** Imports Synthea bundles by the real command, between plain COPYs of the same resources into tables without an index. */
export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const size = options.size ?? 1_000_000;
  const data = madeFolder(options.folder, size);
  const dataDir = path.join(options.folder, 'ingest-data');
  const steps = path.join(options.folder, 'ingest-steps');
  const files = stepFiles(data.folder, steps);
  removeDataDir(dataDir);

  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    const [backend] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postgres = parentOf(backend!.pid) ?? 0;
    const plain = new Map<PlainCopy, Cost[]>(plainCopies.map((copy) => [copy, []]));
    const copyAll = async (): Promise<void> => {
      for (const [copy, costs] of plain) costs.push(await costOfCopy(db, copy, files, postgres));
    };
    await copyAll();
    const ours = await costOfImport(data.folder, dataDir, postgres);
    await copyAll();
    const [stored] = await db.query<{ n: number }>('select count(*) as n from record.resource');
    const [disk] = await db.query<{ bytes: number }>(
      `select sum(pg_total_relation_size(c.oid))::bigint as bytes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('record', 'people', 'platform') and c.relkind = 'r'`,
    );
    const each = (seconds: number): number => (seconds * 1e6) / data.resources;
    const row = (what: string, cost: Cost): (string | number)[] => [
      what,
      cost.seconds,
      data.resources / cost.seconds,
      each(cost.node),
      each(cost.postgres),
      what === imported ? '' : `${((100 * cost.seconds) / ours.seconds).toFixed(0)}%`,
    ];
    const million = 1e6 / data.resources;
    return {
      name: 'ingest',
      command: `./openics bench ingest --size ${size}`,
      columns: [
        'what',
        'seconds',
        'resources/s',
        'µs in Node, each',
        'µs in PostgreSQL, each',
        'our share of it',
      ],
      rows: [row(imported, ours), ...[...plain].map(([copy, costs]) => row(copy.name, meanOf(costs)))],
      notes: [
        `${data.resources} resources of ${data.people} people, ${(data.bytes / data.resources).toFixed(0)} bytes of JSON each; ${stored!.n} stored (organisations and practitioners repeat across bundles). µs are processor time.`,
        `The target of 20% is about the first plain \`COPY\`: the text format from a file, read and escaped as psql would, into a logged table without an index. Into jsonb PostgreSQL also checks that it is JSON. The last one is the fastest \`COPY\` there is: its rows were made before the clock started.`,
        `Each plain \`COPY\` ran once before the import and once after it, with the same settings, in transactions of about the same size; the mean is given. By the clock: ${[...plain].map(([, costs]) => costs.map((cost) => cost.seconds.toFixed(1)).join(' and ')).join(', ')} s.`,
        `A million resources: ${(ours.seconds * million).toFixed(0)} s and ${((disk!.bytes * million) / 2 ** 30).toFixed(2)} GiB on disk, indexes and history included (${((data.bytes * million) / 2 ** 30).toFixed(2)} GiB of JSON).`,
      ],
    };
  } finally {
    await db.close();
    await opened.stop();
    rmSync(steps, { recursive: true, force: true });
  }
}

const imported = '`./openics import`, start and stop of the command included';

async function costOfCopy(
  db: Db,
  copy: PlainCopy,
  files: readonly string[],
  postgres: number,
): Promise<Cost> {
  const before = processorSeconds(postgres);
  const { seconds, processor } = await plainCopy(db, copy, files);
  return { seconds, node: processor, postgres: processorSeconds(postgres) - before };
}

async function costOfImport(folder: string, dataDir: string, postgres: number): Promise<Cost> {
  const nodeBefore = processorSeconds(process.pid, postgres);
  const before = processorSeconds(postgres);
  const { seconds } = await runCommand([
    'import',
    folder,
    '--data',
    dataDir,
    '--source',
    'urn:bench:synthea',
  ]);
  return {
    seconds,
    node: processorSeconds(process.pid, postgres) - nodeBefore,
    postgres: processorSeconds(postgres) - before,
  };
}

function meanOf(costs: readonly Cost[]): Cost {
  const mean = (of: (cost: Cost) => number): number =>
    costs.reduce((sum, cost) => sum + of(cost), 0) / costs.length;
  return {
    seconds: mean((cost) => cost.seconds),
    node: mean((cost) => cost.node),
    postgres: mean((cost) => cost.postgres),
  };
}
