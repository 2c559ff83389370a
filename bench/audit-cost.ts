import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { openApp } from '../server/app.ts';
import type { AuditLog } from '../server/audit/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { openDb } from '../server/platform/db/index.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';
import { createServices } from '../server/services.ts';
import { demonstrationPersonas } from '../server/synthetic/index.ts';
import { load, type Measured, type Request, type Target } from './load/run.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { signIn } from './signed-in.ts';
import { verdict } from './verdict.ts';

const rounds = 10;
const clients = 8;
const persona = 'gp';

type Kind = { name: string; each: number; next: (number: number) => Request };
type Side = { times: Measured[]; processor: number; requests: number };

/**
 * What putting things on record adds to reading and to writing: the same server, by turns with its durable log and with a log that
 * takes no note, over the people of `bench pages`.
 */
export async function run(options: BenchOptions): Promise<Finding> {
  const people = options.people ?? 20_000;
  const dataDir = path.join(options.folder, `pages-data-${people}`);
  if (!existsSync(dataDir))
    throw new Error(`Run ./openics bench pages --people ${people} first: it makes the people.`);
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  const services = await createServices(db);
  let base = '';
  let log: AuditLog | undefined;
  const app = await openApp(services, dataDir, {
    signIn: {
      providers: [],
      address: () => base,
      personas: demonstrationPersonas(db, systemClock, dataDir),
      withLog: (one) => (log = one),
    },
  });
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
    base = `http://localhost:${(app.server.address() as AddressInfo).port}`;
    const visitor = await signIn(base, persona);
    const { host, port } = new URL(base);
    const headers = { host, origin: base, cookie: visitor.cookiesAt('/fhir') };
    const target: Target = { name: 'OpenICS', base: `http://127.0.0.1:${port}`, headers };
    const found = (await visitor.json('/fhir/Patient?_count=50&_elements=id')) as {
      entry?: { resource: { id: string } }[];
    };
    const patients = (found.entry ?? []).map(({ resource }) => resource.id);
    if (patients.length === 0) throw new Error(`${persona} sees nobody.`);
    const at = (number: number): string => patients[number % patients.length]!;
    const kinds: Kind[] = [
      { name: 'read', each: 400, next: (number) => ({ method: 'GET', path: `/fhir/Patient/${at(number)}` }) },
      {
        name: 'search of one record',
        each: 200,
        next: (number) => ({ method: 'GET', path: `/fhir/Condition?patient=${at(number)}` }),
      },
      {
        name: 'write of 20 in a transaction',
        each: 60,
        next: (number) => ({
          method: 'POST',
          path: '/fhir',
          body: bundle(at(number), number),
          headers: { 'content-type': 'application/fhir+json' },
        }),
      },
    ];
    const rows: (string | number)[][] = [];
    for (const kind of kinds) rows.push(rowOf(kind, await byTurns(target, kind, log!)));
    return {
      name: 'audit-cost',
      command: `./openics bench audit-cost --people ${people}`,
      columns: [
        'what',
        'p50 ms without',
        'p50 ms with',
        'p99 ms without',
        'p99 ms with',
        'added to p99, %',
        'processor ms without',
        'processor ms with',
        'added, %',
      ],
      rows,
      notes: [
        verdict('Added to the p99 of a read', Number(rows[0]![5]), 5, '%'),
        verdict('Added to a write, processor time', Number(rows[2]![8]), 10, '%'),
        `${people.toLocaleString('en-GB')} made-up people; ${clients} connections of somebody signed in as ${persona}; ${rounds} rounds by turns in one run, the first of each not counted. p50 and p99 are medians of rounds.`,
        'Without means that nothing is staged, in the same process. Processor time is of Node, for each request, with the client in it. Durable means flushed to disk.',
      ],
    };
  } finally {
    await app.close();
    await services.validator.stop();
    await db.close();
    await opened.stop();
  }
}

async function byTurns(
  target: Target,
  { each, next }: Kind,
  log: AuditLog,
): Promise<{ plain: Side; noted: Side }> {
  const { note, rows } = log;
  const sides = { plain: emptySide(), noted: emptySide() };
  let number = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? (['plain', 'noted'] as const) : (['noted', 'plain'] as const)) {
      log.note = name === 'noted' ? note : async () => undefined;
      log.rows = name === 'noted' ? rows : () => [];
      const cpu = process.cpuUsage();
      const measured = await load(target, { clients, seconds: 600, most: each }, () => next(number++));
      const { user, system } = process.cpuUsage(cpu);
      if (measured.failures > 0) throw new Error(`${measured.failures} of ${each} requests were refused.`);
      if (round === 0) continue;
      sides[name].times.push(measured);
      sides[name].processor += (user + system) / 1000;
      sides[name].requests += measured.requests;
    }
  }
  log.note = note;
  log.rows = rows;
  return sides;
}

const emptySide = (): Side => ({ times: [], processor: 0, requests: 0 });

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const perRequest = ({ processor, requests }: Side): number => processor / requests;
const added = (without: number, withIt: number): number => (withIt / without - 1) * 100;

function rowOf({ name }: Kind, { plain, noted }: { plain: Side; noted: Side }): (string | number)[] {
  const of = (side: Side, part: 'p50' | 'p99'): number => median(side.times.map((each) => each[part]));
  return [
    name,
    of(plain, 'p50'),
    of(noted, 'p50'),
    of(plain, 'p99'),
    of(noted, 'p99'),
    added(of(plain, 'p99'), of(noted, 'p99')),
    perRequest(plain),
    perRequest(noted),
    added(perRequest(plain), perRequest(noted)),
  ];
}

const bundle = (patient: string, number: number): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: Array.from({ length: 20 }, (_, index) => ({
      request: { method: 'POST', url: 'Observation' },
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
        subject: { reference: `Patient/${patient}` },
        valueQuantity: { value: 60 + ((number + index) % 40), unit: '/min' },
      },
    })),
  });
