import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  eventOf,
  eventsOfList,
  type Happening,
  inclusionRanges,
  inWords,
  isIncluded,
  Keys,
  ListEnds,
  placeEvents,
  Proofs,
  putTiles,
  RegisterTree,
  Sequencer,
  sha256,
  sharedRanges,
  Stager,
  TileEdge,
  TileHashes,
  tilesNamed,
  toBase64,
  verifyList,
} from '../server/audit/index.ts';
import { floors, manifest } from '../server/manifest.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate, openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { processorSeconds } from './machine.ts';
import { seeded } from './match-people.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { atLeast, verdict } from './verdict.ts';

const people = 50_000;
const users = 500;
const longList = 10_000;

/** A person id made from a number. */
const personOf = (number: number): string =>
  `0198a000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const lookedAtMost = personOf(0);

/** Random accesses; each about one of many people, with a name and a target beside it. */
function accesses(random: () => number, count: number, oneInSoMany: number): Happening[] {
  const at = new Date();
  return Array.from({ length: count }, () => ({
    at,
    kind: 'read',
    outcome: 'permitted',
    user: `user-${Math.floor(random() * users)}`,
    organisation: 'RX1',
    role: 'R8001',
    purpose: 'TREAT',
    person: random() * oneInSoMany < 1 ? lookedAtMost : personOf(1 + Math.floor(random() * people)),
    request: personOf(Math.floor(random() * 2 ** 40)),
    resource: 'Observation',
    rule: 'care-team',
    particulars: { userName: 'Nur Ali', target: `Observation/${Math.floor(random() * 1e9)}` },
  }));
}

/** Processor seconds of this process, and of PostgreSQL, while something is done. */
async function measured<T>(
  postmaster: number,
  work: () => Promise<T> | T,
): Promise<{ result: T; node: number; postgres: number; wallMs: number }> {
  const cpu = process.cpuUsage();
  const before = processorSeconds(postmaster);
  const began = performance.now();
  const result = await work();
  const wallMs = performance.now() - began;
  const used = process.cpuUsage(cpu);
  return {
    result,
    node: (used.user + used.system) / 1e6,
    postgres: processorSeconds(postmaster) - before,
    wallMs,
  };
}

export async function run({ size, folder }: BenchOptions): Promise<Finding> {
  const events = size ?? 200_000;
  const leaves = 10_000_000;
  mkdirSync(folder, { recursive: true });
  const dataDir = mkdtempSync(path.join(folder, 'audit-'));
  const rows: (string | number)[][] = [];
  const hashing = hashOnly(100_000);
  rows.push(['hash, chain and append to the tree', 'events/s per core', Math.round(100_000 / hashing)]);
  const opened = await openDatabase({ dataDir });
  try {
    const db = await openDb({ connection: opened.connection });
    try {
      await migrate(db, { floors, manifest });
      rows.push(...(await throughTheDatabase(db, dataDir, events)));
      rows.push(...(await largeTree(db, dataDir, leaves)));
    } finally {
      await db.close();
    }
  } finally {
    await opened.stop();
    removeDataDir(dataDir);
  }
  const figure = (what: RegExp): number => Number(rows.find(([name]) => what.test(String(name)))?.[2]);
  return {
    name: 'audit',
    command: `./openics bench audit --size ${events}`,
    columns: ['what', 'unit', 'value'],
    rows,
    notes: [
      atLeast('Append to the log', figure(/^hash, chain and append/), 20_000, 'events/s per core'),
      atLeast(
        'The same with storing and signing, Node and PostgreSQL together',
        figure(/^place and sign: Node and/),
        20_000,
        'events/s per core',
      ),
      verdict('Inclusion proof, 99 of 100', figure(/^the same, 99 of 100/), 5, 'ms'),
      verdict('Largest inclusion proof', figure(/^largest proof as JSON/), 1_500, 'bytes'),
      verdict('A list of 10,000 events in plain words', figure(/^the list in plain words/), 200, 'ms'),
      'Figures per event are processor time, of Node and of PostgreSQL apart; a list is wall time on a shared machine, the best of five.',
      `The tree of ${leaves.toLocaleString('en-GB')} leaves is made by the code that makes the log's tiles, from leaves of made-up hashes.`,
      'A closing behind every transaction holds the register of all lists.',
    ],
  };
}

/** Processor seconds for events to be hashed, chained, put into the register and appended to the tree; no database. */
function hashOnly(count: number): number {
  const random = seeded(3);
  const staged = accesses(random, count, 20).map(eventOf);
  const cpu = process.cpuUsage();
  const edge = new TileEdge(0, []);
  const register = new RegisterTree();
  for (let from = 0; from < count; from += 10_000) {
    const some = staged.slice(from, from + 10_000);
    const lists = new ListEnds();
    for (const { event } of some) {
      lists.expect('user', event.user);
      lists.expect('person', event.person!);
    }
    lists.load([]);
    for (const leaf of placeEvents(some, from, lists).leaves) edge.append(leaf);
    for (const { bucket, hash } of lists.changed()) register.set(bucket, hash);
    register.root();
    edge.root();
  }
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / 1e6;
}

async function throughTheDatabase(db: Db, dataDir: string, events: number): Promise<(string | number)[][]> {
  const postmaster = postmasterOf(dataDir);
  const random = seeded(5);
  const keys = new Keys(db, dataDir, systemClock);
  await keys.begin();
  const stager = new Stager(db);
  const sequencer = new Sequencer(db, keys, systemClock);
  const single = accesses(random, 20_000, 20);
  const noting = await measured(postmaster, () => noteAll(single, 64, (one) => stager.note([one])));
  const groups = Array.from({ length: Math.ceil((events - 20_000) / 1_000) }, () =>
    accesses(random, 1_000, events / longList),
  );
  let placing = { node: 0, postgres: 0 };
  let placed = 0;
  for (let at = 0; at < groups.length; at += 20) {
    for (const group of groups.slice(at, at + 20)) await stager.note(group);
    const turn = await measured(postmaster, () => placeAll(sequencer));
    placing = { node: placing.node + turn.node, postgres: placing.postgres + turn.postgres };
    placed += turn.result;
  }
  const proofs = new Proofs(db);
  const bytes = await bytesOfEach(db, placed);
  const subject = { kind: 'person', id: lookedAtMost } as const;
  const list = await best(5, () => eventsOfList(db, subject, Number.MAX_SAFE_INTEGER));
  const words = await best(5, async () => {
    const found = await eventsOfList(db, subject, Number.MAX_SAFE_INTEGER);
    return found.map(({ event }) => inWords(event, undefined, () => 'Holm Hospital'));
  });
  const bundle = await best(5, () => proofs.list(subject));
  const trust = { keys: await keys.texts() };
  const check = await best(3, () => verifyList(bundle.result, trust));
  if (!check.result.holds) throw new Error(check.result.fault);
  const kb = JSON.stringify(bundle.result).length / 1024;
  const n = list.result.length;
  return [
    ['note, one by one, 64 at once: Node', 'us per event', (noting.node / 20_000) * 1e6],
    ['note, one by one, 64 at once: PostgreSQL', 'us per event', (noting.postgres / 20_000) * 1e6],
    ['place and sign: Node', 'us per event', (placing.node / placed) * 1e6],
    ['place and sign: PostgreSQL', 'us per event', (placing.postgres / placed) * 1e6],
    ['place and sign: Node', 'events/s per core', Math.round(placed / placing.node)],
    [
      'place and sign: Node and PostgreSQL',
      'events/s per core',
      Math.round(placed / (placing.node + placing.postgres)),
    ],
    ...bytes,
    [`list of ${n} events, of ${placed} in the log`, 'ms', list.ms],
    ['the same, processor time of Node', 'ms', list.nodeMs],
    ['the list in plain words', 'ms', words.ms],
    ['the same, processor time of Node', 'ms', words.nodeMs],
    ['the list with its whole proof', 'ms', bundle.ms],
    ['the same, processor time of Node', 'ms', bundle.nodeMs],
    ['size of that', 'KB', kb],
    ['checking it without server or database', 'ms', check.ms],
    ['the same, processor time of Node', 'ms', check.nodeMs],
  ];
}

async function placeAll(sequencer: Sequencer): Promise<number> {
  for (let events = 0; ;) {
    const placed = await sequencer.place();
    if (placed === undefined) return events;
    events += placed.events;
  }
}

async function noteAll<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: width }, one));
}

async function bytesOfEach(db: Db, events: number): Promise<(string | number)[][]> {
  await db.query('vacuum analyze audit.bucket');
  const rows = await db.query<{ name: string; bytes: number }>(
    `select c.relname as name, pg_total_relation_size(c.oid) as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'audit' and c.relkind = 'r' and c.relname in ('event', 'particulars', 'tile', 'bucket', 'closing')
     order by 1`,
  );
  const all = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...rows.map(({ name, bytes }): (string | number)[] => [
      `stored: ${name}`,
      'bytes per event',
      bytes / events,
    ]),
    ['stored: all', 'bytes per event', all / events],
  ];
}

/** Puts a tree of many leaves in place of the small one, and proves leaves of it. */
async function largeTree(db: Db, dataDir: string, leaves: number): Promise<(string | number)[][]> {
  await db.query('truncate audit.tile');
  const edge = new TileEdge(0, []);
  const seed = Buffer.alloc(8);
  const kept = new Map<number, Uint8Array>();
  for (let leaf = 0; leaf < leaves; leaf++) {
    seed.writeDoubleBE(leaf);
    const hash = sha256(seed);
    if (leaf % 9_973 === 0) kept.set(leaf, hash);
    edge.append(hash);
    if (leaf % 256_000 === 255_999) await db.transaction(async (tx) => putTiles(tx, edge.takeChanged()));
  }
  await db.transaction(async (tx) => putTiles(tx, edge.takeChanged()));
  const tree = { size: leaves, root: edge.root() };
  const tiles = new TileHashes((names) => tilesNamed(db, names));
  const times: number[] = [];
  let largest = 0;
  const proving = await measured(postmasterOf(dataDir), async () => {
    for (const [index, leaf] of kept) {
      const began = performance.now();
      const proof = await tiles.of(inclusionRanges(index, leaves));
      times.push(performance.now() - began);
      largest = Math.max(largest, JSON.stringify(proof.map(toBase64)).length);
      if (!isIncluded(leaf, index, tree, proof)) throw new Error(`The proof of leaf ${index} does not hold.`);
    }
  });
  times.sort((a, b) => a - b);
  const random = seeded(9);
  const wanted = [...new Set(Array.from({ length: longList }, () => Math.floor(random() * leaves)))].sort(
    (a, b) => a - b,
  );
  const shared = await best(2, () => tiles.of(sharedRanges(wanted, leaves)));
  return [
    [`inclusion proof of ${leaves} leaves, median`, 'ms', times[Math.floor(times.length / 2)]!],
    ['the same, 99 of 100', 'ms', times[Math.floor(times.length * 0.99)]!],
    ['the same, processor time of Node', 'ms', (proving.node / kept.size) * 1000],
    ['the same, processor time of PostgreSQL', 'ms', (proving.postgres / kept.size) * 1000],
    ['largest proof as JSON', 'bytes', largest],
    [`shared proof of ${wanted.length} leaves scattered over them`, 'ms', shared.ms],
    ['hashes in it', 'number', shared.result.length],
  ];
}

function postmasterOf(dataDir: string): number {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
}

/** The shortest wall time of some runs, and the least processor time of Node. */
async function best<T>(
  times: number,
  work: () => Promise<T>,
): Promise<{ result: T; ms: number; nodeMs: number }> {
  let ms = Infinity;
  let nodeMs = Infinity;
  let result: T;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    const cpu = process.cpuUsage();
    result = await work();
    const used = process.cpuUsage(cpu);
    ms = Math.min(ms, performance.now() - began);
    nodeMs = Math.min(nodeMs, (used.user + used.system) / 1000);
  }
  return { result: result!, ms, nodeMs };
}
