import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { removeDataDir } from '../server/platform/postgres/index.ts';
import { readDemonstration } from '../server/synthetic/index.ts';
import { processorSeconds } from './machine.ts';
import { once, type Request, type Target } from './load/run.ts';
import { steady, type Answered } from './load/steady.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { startServer } from './server.ts';
import { signIn } from './signed-in.ts';
import { verdict } from './verdict.ts';

const perSecond = 50;
const usualPeople = 20_000;
const persona = 'gp';
const frequentNames = ['Smith', 'Jones', 'Taylor', 'Khan', 'Brown'] as const;

type Page = Request & { name: string };

/** How quick pages are while 50 are asked each second, and what a first page weighs. The people are made up once and kept. */
export async function run(options: BenchOptions): Promise<Finding> {
  const people = options.people ?? usualPeople;
  mkdirSync(options.folder, { recursive: true });
  const dataDir = path.join(options.folder, `pages-data-${people}`);
  const isMade = readDemonstration(dataDir)?.state === 'ready';
  if (!isMade) removeDataDir(dataDir);
  const server = await startServer(dataDir, {}, [
    ...(isMade ? [] : ['--people', String(people)]),
    '--sign-in',
    'demonstration',
  ]);
  try {
    await untilMade(dataDir);
    const visitor = await signIn(server.base, persona);
    const origin = new URL(server.base.replace('127.0.0.1', 'localhost'));
    const headers = {
      host: origin.host,
      origin: origin.origin,
      accept: 'text/html',
      cookie: visitor.cookiesAt('/people'),
    };
    const target: Target = { name: 'OpenICS', base: server.base, headers };
    const pages = pagesFor(await someone(target));
    const at = (number: number): Page => pages[number % pages.length]!;
    await steady(target, { perSecond, seconds: 2 }, at);
    const before = processorSeconds(server.child.pid ?? 0);
    const answers = await steady(target, { perSecond, seconds: options.seconds }, at);
    const used = processorSeconds(server.child.pid ?? 0) - before;
    const weighed = await weights(target, pages);
    const all = rowOf('all', answers);
    const names = [...new Set(pages.map(({ name }) => name))];
    return {
      name: 'pages',
      command: `./openics bench pages --people ${people}`,
      columns: ['page', 'requests', 'p50 ms', 'p95 ms', 'max ms', 'kB of HTML'],
      rows: [
        ...names.map((name) =>
          rowOf(
            name,
            answers.filter((each) => each.name === name),
          ),
        ),
        all,
      ],
      tables: [{ title: 'What a first page brings with it', ...weighed }],
      notes: [
        verdict('p95 of all pages', Number(all[3]), 200, 'ms'),
        verdict('First script', Math.max(...weighed.rows.map((row) => Number(row[1]))), 130, 'kB gzip'),
        `${people.toLocaleString('en-GB')} made-up people, asked for by somebody who signed in as ${persona}, by access, with each page on record before it leaves; ${perSecond} pages a second in turn for ${options.seconds} s, each sent when it is due. Server, database and clients share the machine.`,
        `The server and its database used ${((used * 1000) / answers.length).toFixed(1)} ms of processor time for each page.`,
        `${answers.filter(({ status }) => status >= 400).length} of ${answers.length} answers were refusals.`,
      ],
    };
  } finally {
    await server.stop();
  }
}

async function untilMade(dataDir: string): Promise<void> {
  for (;;) {
    const state = readDemonstration(dataDir)?.state;
    if (state === 'ready') return;
    if (state === 'failed') throw new Error('The made-up people could not be loaded.');
    await pause(1000);
  }
}

/** Persons with frequent names, found as the pages find them. */
export async function someone(target: Target): Promise<{ persons: string[]; results: string }> {
  const persons = new Set<string>();
  for (const name of frequentNames) {
    const { matches } = await json<{ matches: { personId: string }[] }>(target, {
      method: 'POST',
      path: '/api/people/search',
      body: JSON.stringify({ name }),
      headers: { 'content-type': 'application/json' },
    });
    for (const { personId } of matches) persons.add(personId);
  }
  return { persons: [...persons], results: await resultsOf(target, frequentNames[0]) };
}

/** The address at which a posted search shows what it found. */
async function resultsOf(target: Target, name: string): Promise<string> {
  const { headers } = await once(target, {
    method: 'POST',
    path: '/people',
    body: new URLSearchParams({ name }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const address = /\r\nlocation: *(\S+)/i.exec(headers)?.[1];
  if (address === undefined) throw new Error('The search led nowhere.');
  return address;
}

async function json<Body>(target: Target, request: Request): Promise<Body> {
  const reply = await once(target, request);
  if (reply.status >= 400) throw new Error(`${request.path.split('?')[0]} answered ${reply.status}.`);
  return JSON.parse(reply.body.toString()) as Body;
}

const page = (name: string, address: string): Page => ({ name, method: 'GET', path: address });

/** What a morning's work asks for: half records of people, else the first page, searches and the system. */
function pagesFor({ persons, results }: { persons: string[]; results: string }): Page[] {
  return persons.flatMap((personId) => [
    page('first page', '/'),
    page('record', `/people/${personId}`),
    page('people found', results),
    page('timeline', `/people/${personId}/timeline`),
    page('results', `/people/${personId}/results`),
    page('system', '/system'),
  ]);
}

function rowOf(name: string, answers: Answered[]): (string | number)[] {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const bytes = answers.reduce((sum, each) => sum + each.bytes, 0) / Math.max(1, answers.length);
  return [name, answers.length, at(0.5), at(0.95), times.at(-1) ?? Number.NaN, bytes / 1000];
}

/** Sizes on the way, with gzip. */
async function weights(target: Target, pages: Page[]) {
  const rows: (string | number)[][] = [];
  for (const name of ['first page', 'record']) {
    const first = pages.find((each) => each.name === name);
    if (first === undefined) continue;
    const html = (await once(target, first)).body;
    const text = html.toString();
    const of = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, address]) => address as string);
    rows.push([
      name,
      await weightOf(target, of(/<script[^>]* src="([^"]+)"/g)),
      await weightOf(target, of(/<link rel="stylesheet" href="([^"]+)"/g)),
      gzipSync(html).length / 1000,
    ]);
  }
  return { columns: ['page', 'kB of script', 'kB of styles', 'kB of HTML'], rows };
}

async function weightOf(target: Target, addresses: string[]): Promise<number> {
  let bytes = 0;
  for (const address of addresses)
    bytes += gzipSync((await once(target, { method: 'GET', path: address })).body).length;
  return bytes / 1000;
}
