import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findMatches, newPeopleRows, observePatients } from '../server/people/index.ts';
import { floors, manifest } from '../server/manifest.ts';
import { migrate, openDb, type Db } from '../server/platform/db/index.ts';
import { newId } from '../server/platform/ids.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';
import { processorSeconds } from './machine.ts';
import { arriving, maker, type Maker } from './match-people.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';

const largestBlock = 201;

/** One arriving record against all known people: who is it? Alone, and stored with its link. */
export async function run(options: BenchOptions): Promise<Finding> {
  const people = options.size ?? 1_000_000;
  mkdirSync(options.folder, { recursive: true });
  const opened = await openDatabase({ dataDir: path.join(options.folder, `match-${people}`) });
  const db = await openDb({ connection: opened.connection, maxConnections: 4 });
  try {
    await migrate(db, { floors, manifest });
    const make = maker(people);
    const filled = await fill(db, make, people);
    const [size] = await db.query<{ keys: string; index: string }>(
      `select pg_size_pretty(pg_total_relation_size('people.match_key')) as keys,
              pg_size_pretty(pg_total_relation_size('people.particulars')) as index`,
    );
    const asked = async (n: number): Promise<void> => {
      await findMatches(db, { ...arriving(make, people, n), patientId: 'asked for' });
    };
    const first = Date.now() % 1e9;
    for (let n = 0; n < 300; n++) await asked(first + n);
    const rows = [
      await measure(db, 'decided', 1, options.seconds, (n) => asked(first + n)),
      await measure(db, 'decided and stored', 1, options.seconds, (n) =>
        stored(db, make, people, first + 1e6 + n),
      ),
      await measure(db, 'decided and stored', 4, options.seconds, (n) =>
        stored(db, make, people, first + 2e6 + n),
      ),
    ];
    return {
      name: 'match',
      command: `./openics bench match --size ${people}`,
      columns: ['what', 'at once', 'records/s', 'p50 ms', 'p99 ms', 'processor ms each: program', 'database'],
      rows: rows.map((row) => [
        row.what,
        row.atOnce,
        row.perSecond,
        row.p50,
        row.p99,
        row.programMs,
        row.databaseMs,
      ]),
      notes: [
        `${people.toLocaleString('en-GB')} people; ${filled}. Keys take ${size!.keys}, particulars ${size!.index}.`,
        'Three of ten arriving records are of strangers; of the others three of ten lack the NHS number, and many have a typing error, another address or no phone.',
        'Decided: blocked, compared and judged, nothing written. Stored: link, ties, index and events written and committed to disk.',
      ],
    };
  } finally {
    await db.close();
    await opened.stop();
  }
}

/** Puts the people in, unless an earlier run did. Tells what it took. */
async function fill(db: Db, make: Maker, people: number): Promise<string> {
  const [there] = await db.query<{ n: number }>(
    `select count(*) as n from people.person_patient p where exists (select 1 from people.match_key limit 1)`,
  );
  if (there!.n >= people) return 'they were there from an earlier run';
  if (there!.n > 0) throw new Error('The folder holds half of a run. Remove it and start again.');
  const began = performance.now();
  const used = process.cpuUsage();
  const counts = new Uint8Array(2 ** 26);
  const mayStand = (key: bigint): boolean => {
    const slot = Number(BigInt.asUintN(26, key));
    if (counts[slot]! >= largestBlock) return false;
    counts[slot]!++;
    return true;
  };
  const at = new Date();
  await db.transaction(async (tx) => {
    await tx.query('alter table people.match_key drop constraint match_key_pkey');
    let underWay: Promise<unknown> = Promise.resolve();
    for (let from = 0; from < people; from += 5_000) {
      const some = Array.from({ length: Math.min(5_000, people - from) }, (_, n) => ({
        ...make(from + n),
        patientId: newId(at.getTime()),
      }));
      const rows = newPeopleRows(some, at, mayStand);
      await underWay;
      underWay = tx.copyIn(rows);
      if (from % 100_000 === 0) console.error(`${from.toLocaleString('en-GB')} people`);
    }
    await underWay;
    await tx.query('alter table people.match_key add primary key (key, patient_id)');
  });
  for (const table of ['match_key', 'particulars', 'link', 'person_patient', 'person'])
    await db.query(`vacuum (analyze) people.${table}`);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  return `made and put in within ${seconds.toFixed(0)} s (${((user + system) / 1e6).toFixed(0)} s of the program's processor time)`;
}

/** Decides who a new patient is and stores it, as the writer of the record does. */
async function stored(db: Db, make: Maker, people: number, n: number): Promise<void> {
  const at = new Date();
  const patient = { ...arriving(make, people, n), patientId: newId(at.getTime()) };
  await db.transaction(async (tx) => {
    await tx.copyIn(await observePatients(tx, [patient], at, () => true));
  });
}

type Measured = {
  what: string;
  atOnce: number;
  perSecond: number;
  p50: number;
  p99: number;
  programMs: number;
  databaseMs: number;
};

async function measure(
  db: Db,
  what: string,
  atOnce: number,
  seconds: number,
  work: (n: number) => Promise<void>,
): Promise<Measured> {
  const times: number[] = [];
  let n = 0;
  const backendsBefore = await backendSeconds(db);
  const used = process.cpuUsage();
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < until) {
        const start = performance.now();
        await work(n++);
        times.push(performance.now() - start);
      }
    }),
  );
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  const backends = await backendSeconds(db);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return {
    what,
    atOnce,
    perSecond: times.length / took,
    p50: at(0.5),
    p99: at(0.99),
    programMs: (user + system) / 1000 / times.length,
    databaseMs: ((backends - backendsBefore) * 1000) / times.length,
  };
}

/** Processor seconds of all sessions of this database. */
async function backendSeconds(db: Db): Promise<number> {
  const rows = await db.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`,
  );
  return rows.reduce((sum, { pid }) => sum + processorSeconds(pid), 0);
}
