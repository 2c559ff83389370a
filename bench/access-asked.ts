import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openApp } from '../server/app.ts';
import { floors, manifest } from '../server/manifest.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate, openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';
import { createServices } from '../server/services.ts';
import { demonstrationPersonas } from '../server/synthetic/index.ts';
import { once, type Target } from './load/run.ts';
import { processorSeconds } from './machine.ts';
import type { Finding } from './report.ts';
import { signIn } from './signed-in.ts';
import { verdict } from './verdict.ts';

const times = 15;
const searches = [
  'Patient?family=Smith',
  'Patient?birthdate=gt1950-01-01&_sort=birthdate',
  'Condition?code=http://snomed.info/sct|195967001',
  'Encounter?date=ge2026-01-01',
  'Observation?_sort=-date',
  'Appointment?_include=Appointment:patient',
];

type Table = NonNullable<Finding['tables']>[number];
type Took = { wallMs: number; processorMs: number };

/**
 * What access costs over the people of `bench pages`: a search by somebody signed in beside the same search where nobody signs in, and
 * the report on who could see somebody. Undefined where these people were not made.
 */
export async function askedOfPeople(
  folder: string,
  people: number,
): Promise<{ tables: Table[]; notes: string[] } | undefined> {
  const dataDir = path.join(folder, `pages-data-${people}`);
  if (!existsSync(dataDir)) return undefined;
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  await migrate(db, { floors, manifest });
  const services = await createServices(db);
  let base = '';
  const personas = demonstrationPersonas(db, systemClock, dataDir);
  const signedIn = await openApp(services, dataDir, {
    signIn: { providers: [], address: () => base, personas },
  });
  const open = await openApp(services, dataDir);
  try {
    base = await listen(signedIn);
    const all: Target = { name: 'all', base: await listen(open) };
    const gp = await targetOf(base, 'gp', '/fhir');
    const postmaster = postmasterOf(dataDir);
    const rows: (string | number)[][] = [];
    for (const search of searches) {
      const sees = await took(all, search, postmaster);
      const may = await took(gp, search, postmaster);
      const ratio = may.processorMs / sees.processorMs;
      rows.push([search, sees.wallMs, may.wallMs, sees.processorMs, may.processorMs, ratio]);
    }
    const seeing = await whoCouldSee(db, await targetOf(base, 'privacy-officer', '/api'));
    return {
      tables: [
        {
          title: `Searches over ${people.toLocaleString('en-GB')} people`,
          columns: [
            'search',
            'ms, nobody signs in',
            'ms, a GP',
            'processor ms, nobody signs in',
            'processor ms, a GP',
            'ratio',
          ],
          rows,
        },
        {
          title: 'Who could see this person today?',
          columns: ['people asked about', 'p50 ms', 'max ms', 'goal'],
          rows: [[seeing.length, seeing[seeing.length >> 1]!, seeing.at(-1)!, '< 1,000 ms']],
        },
      ],
      notes: [
        verdict('The slowest report on who could see somebody', seeing.at(-1)!, 1_000, 'ms'),
        'A search by the GP decides on each row, puts each person it shows on record, and counts nothing that is kept; where nobody signs in much of it is. Each is asked with another number of rows. Processor time is of Node and PostgreSQL, with the client in it.',
      ],
    };
  } finally {
    await signedIn.close();
    await open.close();
    await services.validator.stop();
    await db.close();
    await opened.stop();
  }
}

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://localhost:${(app.server.address() as AddressInfo).port}`;
}

async function targetOf(base: string, persona: string, at: string): Promise<Target> {
  const visitor = await signIn(base, persona);
  const { host, port } = new URL(base);
  const headers = { host, origin: base, cookie: visitor.cookiesAt(at) };
  return { name: persona, base: `http://127.0.0.1:${port}`, headers };
}

async function get(target: Target, address: string): Promise<number> {
  const began = performance.now();
  const { status } = await once(target, { method: 'GET', path: address });
  if (status !== 200) throw new Error(`${address.split('?')[0]} answered ${status}.`);
  return performance.now() - began;
}

async function took(target: Target, search: string, postmaster: number): Promise<Took> {
  await get(target, `/fhir/${search}&_count=40`);
  const cpu = process.cpuUsage();
  const before = processorSeconds(postmaster);
  const wall: number[] = [];
  for (let more = 0; more < times; more++)
    wall.push(await get(target, `/fhir/${search}&_count=${15 + more}`));
  const { user, system } = process.cpuUsage(cpu);
  const processor = (user + system) / 1e6 + processorSeconds(postmaster) - before;
  return {
    wallMs: wall.toSorted((a, b) => a - b)[times >> 1]!,
    processorMs: (processor * 1000) / times,
  };
}

/** How long the report on each of some people takes, sorted. */
async function whoCouldSee(db: Db, officer: Target): Promise<number[]> {
  const rows = await db.query<{ id: string }>(
    'select distinct person_id as id from people.person_patient order by 1 limit 40',
  );
  const wall: number[] = [];
  for (const { id } of rows) wall.push(await get(officer, `/api/privacy/who-could-see/${id}`));
  return wall.sort((a, b) => a - b);
}

function postmasterOf(dataDir: string): number {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
}
