import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { floors, manifest } from '../server/manifest.ts';
import { migrate, openDb } from '../server/platform/db/index.ts';
import { Problem } from '../server/platform/errors.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';
import {
  createDatabase,
  databaseUrl,
  dropEverywhere,
  findTestServer,
  withClient,
} from '../test/support/database/server.ts';
import { compare, type Subject } from './compare.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { runCommand, startServer, type Server } from './server.ts';
import { sampleOf, searchShapes, writeShapes, type Sample, type Shape } from './shapes.ts';
import { bundles, copyOf, entriesIn, madeFolder } from './synthea.ts';

const database = 'openics_bench';
const shards = 32;

/** The same requests to one embedded PostgreSQL and to the Citus cluster of CITUS_URL, in turn. */
export async function run(options: BenchOptions): Promise<Finding> {
  if (!process.env['CITUS_URL']) {
    throw new Problem('bench/no-citus', 400, 'There is no cluster to measure.', {
      wayOut: 'Set CITUS_URL to a database on the coordinator of a Citus cluster.',
    });
  }
  mkdirSync(options.folder, { recursive: true });
  const size = options.size ?? 20_000;
  const data = madeFolder(options.folder, size);
  const cluster = await findTestServer();
  await dropEverywhere(cluster, database);
  await createDatabase(cluster, database);
  const url = databaseUrl(cluster.machines[0], database);
  await withClient(url, (client) =>
    client.query(`alter database ${database} set citus.shard_count = ${shards}`),
  );
  const version = await citusVersion(url);
  const places: Place[] = [
    { name: 'one PostgreSQL', dataDir: path.join(options.folder, 'citus-one-data'), env: {} },
    { name: 'Citus', dataDir: path.join(options.folder, 'citus-data'), env: { DATABASE_URL: url } },
  ];
  const servers: Server[] = [];
  try {
    const rates: number[] = [];
    const subjects: Subject[] = [];
    for (const place of places) {
      rates.push(data.resources / (await imported(place, data.folder)));
      const server = await startServer(place.dataDir, place.env);
      servers.push(server);
      const target = { name: place.name, base: server.fhir };
      subjects.push({ target, sample: await sampleOf(target) });
    }
    const table = await compare(subjects, shapesOf, options.seconds);
    const [one = Number.NaN, spread = Number.NaN] = rates;
    return {
      name: 'citus',
      command: `./openics bench citus --size ${size} --seconds ${options.seconds}`,
      columns: table.columns.map((column) => (column === 'ours is' ? 'one PostgreSQL is' : column)),
      rows: [
        ...places.map(({ name }, index) => [
          'import, resources/s',
          name,
          rates[index]!,
          index === 0 ? '' : `${(one / spread).toFixed(1)}x`,
          ...Array.from({ length: 3 }, () => Number.NaN),
          0,
        ]),
        ...table.rows,
      ],
      notes: [
        `${data.people} Synthea people, ${data.resources} resources. Citus ${version}, ${cluster.machines.length - 1} workers and a coordinator, ${shards} shards; all processes share this machine, so the ratios show what spreading costs, not what more machines give.`,
      ],
    };
  } finally {
    for (const server of servers) await server.stop();
    await dropEverywhere(cluster, database);
  }
}

type Place = { name: string; dataDir: string; env: Record<string, string> };

/** Seconds of an import, start and stop of the command included; the tables are made before. */
async function imported(place: Place, folder: string): Promise<number> {
  rmSync(place.dataDir, { recursive: true, force: true });
  const opened = await openDatabase({ dataDir: place.dataDir, databaseUrl: place.env['DATABASE_URL'] });
  const db = await openDb({ connection: opened.connection });
  await migrate(db, { floors, manifest });
  await db.close();
  await opened.stop();
  const args = ['import', folder, '--data', place.dataDir, '--source', 'urn:bench:synthea'];
  return (await runCommand(args, place.env)).seconds;
}

function citusVersion(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ citus: string; postgres: string }>(
      `select extversion as citus, current_setting('server_version') as postgres
       from pg_extension where extname = 'citus'`,
    );
    return `${rows[0]?.citus} on PostgreSQL ${rows[0]?.postgres}`;
  });
}

const wanted = new Set([
  'create Observation',
  'read Observation',
  'read Observation, 1 client',
  'Patient?name=',
  'Observation?patient&code&_sort=-date',
  'Observation?code&_total=accurate',
  'Patient/$everything?_count=100',
]);

function shapesOf(sample: Sample): Shape[] {
  const person = bundles(8).toSorted((a, b) => entriesIn(a) - entriesIn(b))[0]!;
  return [
    {
      name: `transaction of a new patient, ${entriesIn(person)} entries`,
      clients: 2,
      make: (n) => ({ method: 'POST', path: '', body: copyOf(person, 1_000 + n) }),
    },
    ...[...writeShapes(sample), ...searchShapes(sample)].filter((shape) => wanted.has(shape.name)),
    {
      name: 'Observation?code&_summary=count',
      clients: 8,
      make: (n) => ({
        method: 'GET',
        path: `/Observation?code=${encodeURIComponent(sample.codes[n % sample.codes.length]!.code)}&_summary=count`,
      }),
    },
  ];
}
