import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDb } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { load, once, type Measured, type Target } from './load/run.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { runCommand, startServer } from './server.ts';
import { sampleOf } from './shapes.ts';
import { madeFolder } from './synthea.ts';

const clients = 32;
/** So many people's records are asked for again and again, and each was read before the measurement, at either size. */
const sampled = 100;
/** So many more are asked for once each, by nobody before. */
const readOnce = 800;

/** Reads one person's whole record, by many clients at once, with some people and with ten times as many. */
export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const large = options.size ?? 1_000_000;
  const rows: (string | number)[][] = [];
  for (const size of [large / 10, large]) {
    const data = madeFolder(options.folder, size);
    const dataDir = path.join(options.folder, `record-data-${size}`);
    const filled = path.join(options.folder, `record-data-${size}.filled`);
    if (!existsSync(filled)) {
      removeDataDir(dataDir);
      await runCommand(['import', data.folder, '--data', dataDir, '--source', 'urn:bench:synthea']);
      await settle(dataDir);
      writeFileSync(filled, '');
    }
    const server = await startServer(dataDir);
    try {
      for (const [what, row] of await measure(server.fhir, server.base, data.people, options.seconds)) {
        rows.push([what, data.people, ...row]);
      }
    } finally {
      await server.stop();
    }
  }
  const p50 = (what: string): number[] =>
    rows.filter((row) => row[0] === what).map((row) => row[3] as number);
  const names = [...new Set(rows.map((row) => row[0] as string))];
  return {
    name: 'record',
    command: `./openics bench record --size ${large}`,
    columns: ['what', 'people', 'records/s', 'p50 ms', 'p95 ms', 'p99 ms', 'KB each', 'failed'],
    rows,
    notes: [
      `${clients} clients. "Paced" clients wait a second between two records, as people do; the others ask again at once. Up to ${sampled} people spread over all of them are asked for at either size, each read three times before; their answers are kept, and looked up as fresh each time.`,
      '"First" readings are of people whom nobody asked for since the server started, each once, by clients that ask again at once.',
      ...names.map(
        (name) =>
          `${name}: p50 with ten times the people is ${((p50(name)[1] ?? Number.NaN) / (p50(name)[0] ?? Number.NaN)).toFixed(2)}x.`,
      ),
    ],
  };
}

/** Does at once what PostgreSQL would do in the background within minutes of an import, so that it does not disturb. */
async function settle(dataDir: string): Promise<void> {
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  await db.query('vacuum analyze');
  await db.close();
  await opened.stop();
}

const everything = (id: string) => ({ method: 'GET', path: `/Patient/${id}/$everything` });
const view = (id: string) => ({ method: 'GET', path: `/api/people/${id}/record` });

async function measure(
  fhir: string,
  base: string,
  people: number,
  seconds: number,
): Promise<Map<string, (string | number)[]>> {
  const target: Target = { name: 'OpenICS', base: fhir };
  const api: Target = { name: 'OpenICS', base };
  const ids: string[] = [];
  for (let page = '/Patient?_count=500&_elements=id'; ids.length < Math.min(people, 2_000);) {
    const reply = await once(target, { method: 'GET', path: page });
    const bundle = JSON.parse(reply.body.toString()) as {
      entry?: { resource: { id: string } }[];
      link: { relation: string; url: string }[];
    };
    ids.push(...(bundle.entry ?? []).map((entry) => entry.resource.id));
    const next = bundle.link.find((link) => link.relation === 'next')?.url;
    if (next === undefined) break;
    page = next.slice(next.indexOf('/fhir') + 5);
  }
  const [again, first] = apart(ids);
  const persons = await personIds(api, target);
  const [personsAgain, personsFirst] = apart(persons);
  const results = new Map<string, (string | number)[]>();
  for (const [what, at, make, known, fresh] of [
    ['$everything', target, everything, again, first],
    ['record view', api, view, personsAgain, personsFirst],
  ] as const) {
    const turn = (n: number) => make(known[n % known.length]!);
    const next = (n: number) => (n < fresh.length ? make(fresh[n]!) : undefined);
    results.set(`${what}, first`, cellsOf(await load(at, { clients, seconds: 60 }, next)));
    await load(at, { clients, seconds: 60, most: 3 * known.length }, turn);
    results.set(what, cellsOf(await load(at, { clients, seconds }, turn)));
    results.set(`${what}, paced`, cellsOf(await load(at, { clients, seconds, thinkMs: 1000 }, turn)));
  }
  return results;
}

/** Those who are asked for again and again, and those who are asked for once. */
function apart(ids: readonly string[]): [again: string[], first: string[]] {
  const step = Math.ceil(ids.length / sampled);
  const isAgain = (index: number): boolean => index % Math.max(2, step) === 0;
  return [
    ids.filter((_, index) => isAgain(index)),
    ids.filter((_, index) => !isAgain(index)).slice(0, readOnce),
  ];
}

const cellsOf = (m: Measured): (string | number)[] => [
  m.perSecond,
  m.p50,
  m.p95,
  m.p99,
  m.bytes / m.requests / 1024,
  m.failures,
];

/** Persons found as the page finds them, by family name. */
async function personIds(api: Target, fhir: Target): Promise<string[]> {
  const { patients } = await sampleOf(fhir);
  const persons = new Set<string>();
  for (const { family } of patients) {
    const reply = await once(api, {
      method: 'POST',
      path: '/api/people/search',
      body: JSON.stringify({ name: family, count: 100 }),
      headers: { 'content-type': 'application/json' },
    });
    const found = JSON.parse(reply.body.toString()) as { matches: { personId: string }[] };
    for (const person of found.matches) persons.add(person.personId);
  }
  if (persons.size === 0) throw new Error('No person was found by name.');
  return [...persons];
}
