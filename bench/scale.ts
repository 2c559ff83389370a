import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fill } from './fill.ts';
import { once, type Target } from './load/run.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { startServer } from './server.ts';

const rounds = 25;

/** What users of every FHIR server complain of, asked of a record of ten million resources. */
const questions: [what: string, path: string][] = [
  ['total of a status most have', '/Observation?status=final&_summary=count'],
  ['total and first page of a status', '/Observation?status=final&_total=accurate&_count=20'],
  ['total and first page of a category', '/Observation?category=laboratory&_total=accurate&_count=20'],
  ['total of a type', '/Observation?_summary=count'],
  ['total of one code', '/Observation?code=http://loinc.org|8302-2&_summary=count'],
  ['total of a class of encounter', '/Encounter?class=AMB&_total=accurate&_count=20'],
  ['total of two conditions together', '/Observation?status=final&category=vital-signs&_summary=count'],
  [
    'total of three conditions together',
    '/Observation?status=final&category=vital-signs&code=http://loinc.org|8302-2&_summary=count',
  ],
  ['total of either of two categories', '/Observation?category=vital-signs,laboratory&_summary=count'],
  [
    'total of a category without a code, and first page',
    '/Observation?category=vital-signs&code:not=http://loinc.org|8302-2&_total=accurate&_count=20',
  ],
  [
    'total of a code in a month',
    '/Observation?code=http://loinc.org|8302-2&date=ge2018-01-01&date=lt2018-02-01&_summary=count',
  ],
  [
    'total of a code since a date, and first page',
    '/Observation?code=http://loinc.org|8302-2&date=ge2015-01-01&_total=accurate&_count=20',
  ],
  ['total of a year', '/Observation?date=2015&_summary=count'],
  ['total of people by sex and age', '/Patient?gender=female&birthdate=lt1960-01-01&_summary=count'],
  ['_has by code, first page', '/Patient?_has:Observation:patient:code=http://loinc.org|8302-2&_count=20'],
  ['_has by code, total', '/Patient?_has:Observation:patient:code=http://loinc.org|8302-2&_summary=count'],
  [
    '_has by a rarer code, total',
    '/Patient?_has:Condition:patient:code=http://snomed.info/sct|44054006&_summary=count',
  ],
  [
    '_has by code and sex, total',
    '/Patient?_has:Observation:patient:code=http://loinc.org|8302-2&gender=female&_summary=count',
  ],
  ['chained by name', '/Observation?patient.name=Feeney&_count=20'],
  ['newest first', '/Observation?_sort=-_lastUpdated&_count=20'],
  ['newest first of a code', '/Observation?code=http://loinc.org|8302-2&_sort=-date&_count=20'],
  [
    'code in a range of dates',
    '/Observation?code=http://loinc.org|8302-2&date=ge2018-01-01&date=lt2018-02-01&_count=20',
  ],
  [
    'newest of a code before a date',
    '/Observation?code=http://loinc.org|8302-2&date=lt2012-01-01&_sort=-date&_count=20',
  ],
  [
    'value above a number, of a code',
    '/Observation?code-value-quantity=http://loinc.org|8302-2$gt180&_count=20',
  ],
  ['people by name', '/Patient?name=feen&_count=20'],
  ['people by date of birth', '/Patient?birthdate=1941-08-11&_count=20'],
];

export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const size = options.size ?? 10_000_000;
  const dataDir = path.join(options.folder, `scale-data-${size}`);
  const filled = await fill(dataDir, size);
  const server = await startServer(dataDir);
  try {
    const target: Target = { name: 'OpenICS', base: server.fhir };
    const rows: (string | number)[][] = [];
    for (const [what, question] of questions)
      rows.push([what, `\`${question}\``, ...(await ask(target, question))]);
    for (const question of [
      '/Observation?status=final&_count=100',
      '/Observation?code=http://loinc.org|8302-2&_count=100',
      '/Observation?status=final&_sort=-date&_count=100',
    ]) {
      rows.push(['deep paging, 500 pages', `\`${question}\``, ...(await pageThrough(target, question, 500))]);
    }
    return {
      name: 'scale',
      command: `./openics bench scale --size ${size}`,
      columns: ['what', 'request', 'total', 'first ms', 'p50 ms', 'p95 ms', 'max ms'],
      rows,
      notes: [
        `${filled.resources.toLocaleString('en-GB')} resources. Each request is sent ${rounds} times by one client; "first" is the first time after the server started. For deep paging: the time of one page, over 500 pages in a row.`,
      ],
    };
  } finally {
    await server.stop();
  }
}

const encoded = (question: string): string => question.replaceAll('|', '%7C');

async function ask(target: Target, question: string): Promise<(string | number)[]> {
  const times: number[] = [];
  let total = Number.NaN;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const reply = await once(target, { method: 'GET', path: encoded(question) });
    times.push(performance.now() - began);
    if (reply.status !== 200)
      throw new Error(`${question} was answered ${reply.status}: ${reply.body.subarray(0, 300)}`);
    total = (JSON.parse(reply.body.toString()) as { total?: number }).total ?? Number.NaN;
  }
  return [total, times[0]!, ...spread(times)];
}

async function pageThrough(target: Target, question: string, pages: number): Promise<(string | number)[]> {
  const times: number[] = [];
  const seen = new Set<string>();
  let next: string | undefined = encoded(question);
  for (let page = 0; page < pages && next !== undefined; page++) {
    const began = performance.now();
    const reply = await once(target, { method: 'GET', path: next });
    times.push(performance.now() - began);
    const bundle = JSON.parse(reply.body.toString()) as {
      entry?: { resource: { id: string } }[];
      link: { relation: string; url: string }[];
    };
    for (const { resource } of bundle.entry ?? []) {
      if (seen.has(resource.id)) throw new Error(`${question} gave one resource twice.`);
      seen.add(resource.id);
    }
    const url = bundle.link.find((link) => link.relation === 'next')?.url;
    next = url?.slice(url.indexOf('/fhir') + 5);
  }
  return [seen.size, times[0]!, ...spread(times)];
}

function spread(times: number[]): number[] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return [at(0.5), at(0.95), sorted.at(-1)!];
}
