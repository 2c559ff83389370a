import os from 'node:os';
import type { ColumnMeaning } from '../files/columns.ts';
import { piecesOfFile, planFile, type FilePlan } from '../files/plan.ts';
import { probabilityOf } from '../model/weights.ts';
import type { Model } from '../model/types.ts';
import { train, type Training } from '../train/train.ts';
import { allBlocks, type Blocks } from './blocks.ts';
import { cluster, type Clustering } from './cluster.ts';
import { scorerFor, type Scorer } from './compile.ts';
import { piecesOf, type ScoredPairs } from './score.ts';
import { concatenated, type Table } from './table.ts';
import { wantedPairs, type Task } from './tasks.ts';
import { openThreads, type Threads } from './threads.ts';

export type LinkOptions = {
  /** One file to find duplicates in, or two to link. */
  files: readonly string[];
  columns: ReadonlyMap<string, ColumnMeaning>;
  encoding: string | undefined;
  model: Model;
  /** Learn from these records first. */
  learn: boolean;
  seed: number;
  /** The chance from which a pair is linked. */
  threshold: number;
  /** The chance from which a pair is shown for review. */
  review: number;
  /** Whether guards such as that for twins stand; undefined: where records carry NHS numbers. */
  guards: boolean | undefined;
  /** In two files, each record has one partner at most. */
  oneToOne: boolean;
  threads: number | undefined;
  /** Told when a stage begins. */
  tell?: (stage: string) => void;
};

export type Stage = { name: string; seconds: number; processorSeconds: number };

/** Everything a batch found. Rows are numbered over all files in turn. */
export type Linkage = {
  plans: FilePlan[];
  table: Table;
  model: Model;
  training: Training | undefined;
  blocks: Blocks;
  scored: ScoredPairs;
  clustering: Clustering;
  scorer: Scorer;
  between: boolean;
  guards: boolean;
  threshold: number;
  /** Seconds that each stage took, and seconds of processor time in all threads. */
  stages: Stage[];
};

/** Below this many bytes threads cost more than they save. */
const bytesForThreads = 4_000_000;
/** A bridge: one pair says yes, while all pairs of the two clusters together are 16 to 1 against. */
const bridgeBits = -4;
/** So sure a single pair may be, either way, in the average of two clusters. */
const clipBits = 20;

/** Links the records of one or two files from beginning to end. */
export async function link(options: LinkOptions): Promise<Linkage> {
  const plans = options.files.map((file) => planFile(file, options.columns, options.encoding));
  const bytes = plans.reduce((sum, plan) => sum + plan.bytes, 0);
  const wanted = options.threads ?? Math.min(8, os.availableParallelism());
  const threads = openThreads(bytes < bytesForThreads || wanted < 2 ? 0 : wanted);
  try {
    return await linkWith(options, plans, threads);
  } finally {
    await threads.close();
  }
}

/** Learns a model from records that are at hand, without linking them. */
export async function learn(table: Table, from: Model, seed: number): Promise<Training> {
  const threads = openThreads(0);
  try {
    const blocks = await blockAll(table, from, threads);
    return train(table, blocks, from, wantedPairs(table, false), seed);
  } finally {
    await threads.close();
  }
}

async function linkWith(options: LinkOptions, plans: FilePlan[], threads: Threads): Promise<Linkage> {
  const stages: Linkage['stages'] = [];
  const stage = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    options.tell?.(name);
    const began = performance.now();
    const processor = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(processor);
    stages.push({
      name,
      seconds: (performance.now() - began) / 1000,
      processorSeconds: (user + system) / 1e6,
    });
    return result;
  };
  const table = await stage('read', () => readAll(plans, threads));
  const between = plans.length === 2;
  const isWanted = wantedPairs(table, between);
  const guards = options.guards ?? table.text.nhsNumber !== undefined;
  const base = guards ? options.model : withoutGuards(options.model);
  const blocks = await stage('block', () => blockAll(table, base, threads));
  const training = options.learn
    ? await stage('learn', () => train(table, blocks, base, isWanted, options.seed))
    : undefined;
  const model = training?.model ?? base;
  const floor = Math.min(bitsOf(options.review), bitsOf(options.threshold));
  const scored = await stage('compare', () => scoreAll(table, blocks, model, floor, between, threads));
  const scorer = scorerFor(model, table);
  const clustering = await stage('cluster', () =>
    cluster(table.count, scored, scorer.weight, mayJoin(table, options.oneToOne && between), {
      edge: bitsOf(options.threshold),
      join: Math.min(bitsOf(options.threshold), bitsOf(options.threshold) + bridgeBits * 1024),
      clip: clipBits * 1024,
      pairs: 400,
    }),
  );
  const { threshold } = options;
  return {
    plans,
    table,
    model,
    training,
    blocks,
    scored,
    clustering,
    scorer,
    between,
    guards,
    threshold,
    stages,
  };
}

/** A chance as a weight in whole 1,024ths of a bit. */
export const bitsOf = (probability: number): number =>
  Math.round(1024 * Math.log2(probability / (1 - probability)));

/** The chance that belongs to a weight in 1,024ths of a bit. */
export const chanceOf = (weight: number): number => probabilityOf(weight / 1024);

const withoutGuards = (model: Model): Model => ({
  ...model,
  vetoes: model.vetoes.filter(({ isGuard }) => isGuard !== true),
});

/** Small files can afford many pairs for each record; a million records get a few for each rule. */
const pairsPerRule = (records: number): number => Math.max(records, Math.min(100 * records, 600_000));

async function readAll(plans: readonly FilePlan[], threads: Threads): Promise<Table> {
  const most = threads.count === 0 ? 64_000_000 : 8_000_000;
  const pieces = plans.flatMap((plan, source) => piecesOfFile(plan, most, source));
  const tables = await threads.all(pieces.map((piece): Task => ({ kind: 'read', piece })));
  return concatenated(tables.map((done) => (done.kind === 'read' ? done.table : unexpected())));
}

function unexpected(): never {
  throw new Error('A thread answered another question.');
}

async function blockAll(table: Table, model: Model, threads: Threads): Promise<Blocks> {
  const groups = threads.count === 0 ? [model.blocking] : model.blocking.map((rule) => [rule]);
  const tasks = groups.map((rules): Task => ({
    kind: 'block',
    table,
    rules,
    pairsPerRule: pairsPerRule(table.count),
  }));
  const done = await threads.all(tasks);
  return allBlocks(
    table.count,
    done.flatMap((each) => (each.kind === 'block' ? each.rules : unexpected())),
  );
}

async function scoreAll(
  table: Table,
  blocks: Blocks,
  model: Model,
  floor: number,
  between: boolean,
  threads: Threads,
): Promise<ScoredPairs> {
  const pieces = piecesOf(blocks, 20_000);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { kind: 'score', table, blocks, model, floor, between, pieces, next };
  const parts = await threads.all(Array.from({ length: Math.max(1, threads.count) }, () => task));
  const scored = parts.map((done) => (done.kind === 'score' ? done.scored : unexpected()));
  return inOrder(scored);
}

/** All threads' pairs in one order, the same however many threads there were. */
function inOrder(parts: readonly ScoredPairs[]): ScoredPairs {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const joined = {
    i: new Int32Array(count),
    j: new Int32Array(count),
    weight: new Int32Array(count),
    vetoed: new Uint8Array(count),
  };
  let at = 0;
  for (const part of parts) {
    for (let k = 0; k < part.count; k++, at++) {
      const [a, b] = [part.i[k]!, part.j[k]!];
      joined.i[at] = Math.min(a, b);
      joined.j[at] = Math.max(a, b);
      joined.weight[at] = part.weight[k]!;
      joined.vetoed[at] = part.vetoed[k]!;
    }
  }
  const keys = Float64Array.from(joined.i, (i, k) => i * 2 ** 31 + joined.j[k]!);
  const order = Uint32Array.from({ length: count }, (_, k) => k).sort((a, b) => keys[a]! - keys[b]!);
  return {
    i: Int32Array.from(order, (k) => joined.i[k]!),
    j: Int32Array.from(order, (k) => joined.j[k]!),
    weight: Int32Array.from(order, (k) => joined.weight[k]!),
    vetoed: Uint8Array.from(order, (k) => joined.vetoed[k]!),
    count,
    compared: parts.reduce((sum, part) => sum + part.compared, 0),
  };
}

/** No cluster holds two different NHS numbers; one to one, none holds two records of one file. */
function mayJoin(
  { text, source }: Table,
  oneToOne: boolean,
): (a: readonly number[], b: readonly number[]) => boolean {
  const numbers = text.nhsNumber;
  return (a, b) => {
    if (oneToOne && (a.length > 1 || b.length > 1 || source[a[0]!] === source[b[0]!])) return false;
    if (numbers === undefined) return true;
    const one = a.map((row) => numbers[row]!).find((number) => number >= 0);
    return one === undefined || b.every((row) => numbers[row]! < 0 || numbers[row] === one);
  };
}
