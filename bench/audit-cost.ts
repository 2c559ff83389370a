import { closeSync, existsSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { openApp } from '../server/app.ts';
import type { AuditLog } from '../server/audit/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { floors, manifest } from '../server/manifest.ts';
import { migrate, openDb } from '../server/platform/db/index.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';
import { createServices } from '../server/services.ts';
import { demonstrationPersonas } from '../server/synthetic/index.ts';
import { hasWebBuild } from '../web/server.ts';
import { load, type Request, type Target } from './load/run.ts';
import { steady } from './load/steady.ts';
import type { BenchOptions } from './options.ts';
import { someone } from './pages.ts';
import type { Finding } from './report.ts';
import { signIn } from './signed-in.ts';
import { verdict } from './verdict.ts';

const rounds = 10;
const clients = 8;
const persona = 'gp';

/** `perSecond` is how many are sent each second, when they are due; without it each connection asks again once it is answered. */
type Kind = { name: string; each: number; perSecond?: number; next: (number: number) => Request };
/** Milliseconds that each answer took, by round. */
type Side = { times: (readonly number[])[]; processor: number };

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
  await migrate(db, { floors, manifest });
  const services = await createServices(db);
  let base = '';
  let log: AuditLog | undefined;
  const app = await openApp(services, dataDir, {
    signIn: {
      providers: [],
      address: () => base,
      apart: opened.connection,
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
    const read = (number: number): Request => ({ method: 'GET', path: `/fhir/Patient/${at(number)}` });
    const kinds: Kind[] = [
      { name: 'read, 50 a second', each: 400, perSecond: 50, next: read },
      { name: 'read, 200 a second', each: 1_000, perSecond: 200, next: read },
      { name: `read, ${clients} connections without a pause`, each: 400, next: read },
      {
        name: `search of one record, ${clients} connections`,
        each: 200,
        next: (number) => ({ method: 'GET', path: `/fhir/Condition?patient=${at(number)}` }),
      },
      ...(await pageKind(target)),
      {
        name: `write of 20 in a transaction, ${clients} connections`,
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
    const flush = flushMs(dataDir);
    const figure = (what: RegExp, column: number): number =>
      Number(rows.find(([name]) => what.test(String(name)))?.[column]);
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
        verdict('Added to the p99 of a read, 50 a second', figure(/^read, 50/, 5), 5, '%'),
        verdict('Added to the p99 of a read, 200 a second', figure(/^read, 200/, 5), 5, '%'),
        verdict('Added to the p99 of a read, without a pause', figure(/^read, 8/, 5), 5, '%'),
        verdict('Added to a write, processor time', figure(/^write/, 8), 10, '%'),
        `${people.toLocaleString('en-GB')} made-up people, asked for by somebody signed in as ${persona}; ${rounds} rounds by turns in one run, the first of each not counted. At a rate a request is sent when it is due, and p50 and p99 are of all of them; without a pause they are medians of rounds.`,
        `A flush of this disk takes ${flush.p50.toPrecision(2)} ms (p50) and ${flush.p99.toPrecision(2)} ms (p99): no answer leaves before one.`,
        'Without means that nothing is staged, in the same process. Processor time is of Node, for each request, with the client in it.',
      ],
    };
  } finally {
    await app.close();
    await services.validator.stop();
    await db.close();
    await opened.stop();
  }
}

/** The page of somebody's record, where pages have been built. */
async function pageKind(target: Target): Promise<Kind[]> {
  if (!hasWebBuild()) return [];
  const { persons } = await someone(target);
  const next = (number: number): Request => ({
    method: 'GET',
    path: `/people/${persons[number % persons.length]!}`,
    headers: { accept: 'text/html' },
  });
  return [{ name: 'page of a record, 10 a second', each: 30, perSecond: 10, next }];
}

async function byTurns(target: Target, kind: Kind, log: AuditLog): Promise<{ plain: Side; noted: Side }> {
  const { note, rows } = log;
  const sides = { plain: emptySide(), noted: emptySide() };
  let number = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? (['plain', 'noted'] as const) : (['noted', 'plain'] as const)) {
      log.note = name === 'noted' ? note : async () => undefined;
      log.rows = name === 'noted' ? rows : () => [];
      const cpu = process.cpuUsage();
      const times = await timesOf(target, kind, () => kind.next(number++));
      if (name === 'noted') await log.placeAll();
      const { user, system } = process.cpuUsage(cpu);
      if (round === 0) continue;
      sides[name].times.push(times);
      sides[name].processor += (user + system) / 1000;
    }
  }
  log.note = note;
  log.rows = rows;
  return sides;
}

async function timesOf(
  target: Target,
  { each, perSecond }: Kind,
  next: () => Request,
): Promise<readonly number[]> {
  if (perSecond === undefined) {
    const { failures, times } = await load(target, { clients, seconds: 600, most: each }, next);
    if (failures > 0) throw new Error(`${failures} of ${each} requests were refused.`);
    return times;
  }
  const asked = () => ({ name: '', ...next() });
  const answers = await steady(target, { perSecond, seconds: each / perSecond }, asked);
  const refused = answers.filter(({ status }) => status >= 400).length;
  if (refused > 0) throw new Error(`${refused} of ${each} requests were refused.`);
  return answers.map(({ ms }) => ms);
}

/** How long the disk of a folder takes to have a few bytes for good. */
function flushMs(folder: string): { p50: number; p99: number } {
  const file = path.join(folder, 'flushed');
  const open = openSync(file, 'w');
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const began = performance.now();
    writeSync(open, 'x'.repeat(1000));
    fdatasyncSync(open);
    times.push(performance.now() - began);
  }
  closeSync(open);
  rmSync(file);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

const emptySide = (): Side => ({ times: [], processor: 0 });

function percentile(times: readonly number[], share: number): number {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

const added = (without: number, withIt: number): number => (withIt / without - 1) * 100;

function rowOf(
  { name, perSecond }: Kind,
  { plain, noted }: { plain: Side; noted: Side },
): (string | number)[] {
  const of = ({ times }: Side, share: number): number =>
    perSecond === undefined
      ? percentile(
          times.map((round) => percentile(round, share)),
          0.5,
        )
      : percentile(times.flat(), share);
  const each = ({ times, processor }: Side): number => processor / times.flat().length;
  return [
    name,
    of(plain, 0.5),
    of(noted, 0.5),
    of(plain, 0.99),
    of(noted, 0.99),
    added(of(plain, 0.99), of(noted, 0.99)),
    each(plain),
    each(noted),
    added(each(plain), each(noted)),
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
