import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  defaultModel,
  expectedByThreshold,
  link,
  saidColumns,
  type Linkage,
} from '../server/people/index.ts';
import { sharedData } from '../test/support/shared-data.ts';
import { curvePage, type Curve } from './accuracy-curve.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';

type Set = {
  name: string;
  files: string[];
  columns?: string;
  /** Which person a row is about, told by its first field or by the column `cluster`. */
  truth: 'rec-id' | 'cluster';
  goal: number;
};

const sets: Set[] = [
  { name: 'FEBRL 1', files: ['febrl_dataset1.csv'], truth: 'rec-id', goal: 0.999 },
  { name: 'FEBRL 2', files: ['febrl_dataset2.csv'], truth: 'rec-id', goal: 0.999 },
  { name: 'FEBRL 4', files: ['febrl_dataset4a.csv', 'febrl_dataset4b.csv'], truth: 'rec-id', goal: 0.9998 },
  {
    name: 'FEBRL 4 without the number',
    files: ['febrl_dataset4a.csv', 'febrl_dataset4b.csv'],
    columns: 'ignore=soc_sec_id',
    truth: 'rec-id',
    goal: Number.NaN,
  },
  { name: 'fake 1000', files: ['fake_1000.csv'], truth: 'cluster', goal: 0.9 },
  { name: 'historical figures', files: ['historical_figures_dev_20pct.csv'], truth: 'cluster', goal: 0.93 },
];

/** How well the engine links labelled data that it learns from without the labels: one configuration, no threshold chosen by truth. */
export async function run(options: BenchOptions): Promise<Finding> {
  const { path: folder, skip } = sharedData('linkage');
  if (skip !== false) throw new Error(`This bench ${skip}/linkage.`);
  const rows: (string | number)[][] = [];
  const curves: Curve[] = [];
  for (const set of sets) {
    const files = set.files.map((file) => path.join(folder, file));
    const linkage = await linkSet(files, set.columns);
    const truth = files.flatMap((file) => truthOf(file, set.truth));
    const { found, right, total } = clustered(linkage, truth);
    const [precision, recall] = [right / found, right / total];
    const f1 = (2 * precision * recall) / (precision + recall);
    const goal = Number.isNaN(set.goal) ? '' : String(set.goal);
    rows.push([
      set.name,
      linkage.table.count,
      total,
      ...[precision, recall, f1].map((value) => value.toFixed(4)),
      found - right,
      total - right,
      bCubed(linkage, truth).toFixed(4),
      goal,
    ]);
    curves.push({
      name: set.name,
      expected: expectedByThreshold(linkage),
      actual: byThreshold(linkage, truth, total),
    });
  }
  mkdirSync(options.folder, { recursive: true });
  const chart = path.join(options.folder, 'accuracy.html');
  writeFileSync(chart, curvePage(curves));
  return {
    name: 'accuracy',
    command: './openics bench accuracy',
    columns: [
      'data',
      'records',
      'true pairs',
      'precision',
      'recall',
      'F1',
      'wrong',
      'missed',
      'B-cubed F1',
      'goal F1',
    ],
    rows,
    notes: [
      'Pairs within clusters, at the one default configuration. The labels are read only to count.',
      `Precision and recall by threshold, as found and as the model expected without labels: ${path.basename(chart)} in the folder of benches.`,
    ],
  };
}

const linkSet = (files: string[], columns: string | undefined): Promise<Linkage> =>
  link({
    files,
    columns: saidColumns(columns),
    encoding: undefined,
    model: defaultModel,
    learn: true,
    seed: 1,
    threshold: 0.5,
    review: 0.0005,
    guards: undefined,
    oneToOne: false,
    threads: undefined,
  });

function truthOf(file: string, kind: Set['truth']): string[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const column = header.split(',').findIndex((name) => name.trim() === 'cluster');
  return lines.map((line) =>
    kind === 'rec-id' ? /^rec-(\d+)/.exec(line)![1]! : line.split(',')[column]!.trim(),
  );
}

const isCompared = ({ table, between }: Linkage, i: number, j: number): boolean =>
  !between || table.source[i] !== table.source[j];

function clustered(
  linkage: Linkage,
  truth: readonly string[],
): { found: number; right: number; total: number } {
  let [found, right] = [0, 0];
  for (const members of linkage.clustering.members.values()) {
    forEachPairIn(members, (i, j) => {
      if (!isCompared(linkage, i, j)) return;
      found++;
      if (truth[i] === truth[j]) right++;
    });
  }
  return { found, right, total: truePairs(linkage, truth) };
}

function truePairs(linkage: Linkage, truth: readonly string[]): number {
  let total = 0;
  for (const rows of Map.groupBy(truth.keys(), (row) => truth[row]!).values())
    forEachPairIn(rows, (i, j) => (total += isCompared(linkage, i, j) ? 1 : 0));
  return total;
}

function forEachPairIn(rows: readonly number[], visit: (i: number, j: number) => void): void {
  for (let a = 0; a < rows.length; a++) for (let b = a + 1; b < rows.length; b++) visit(rows[a]!, rows[b]!);
}

function count<K>(map: Map<K, number>, key: K): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** The mean over records of how pure and how whole their cluster is. Source: Bagga and Baldwin 1998. */
function bCubed({ clustering }: Linkage, truth: readonly string[]): number {
  const both = new Map<string, number>();
  const clusters = new Map<number, number>();
  const people = new Map<string, number>();
  truth.forEach((person, row) => {
    count(both, `${clustering.cluster[row]} ${person}`);
    count(clusters, clustering.cluster[row]!);
    count(people, person);
  });
  let [precision, recall] = [0, 0];
  truth.forEach((person, row) => {
    const shared = both.get(`${clustering.cluster[row]} ${person}`)!;
    precision += shared / clusters.get(clustering.cluster[row]!)! / truth.length;
    recall += shared / people.get(person)! / truth.length;
  });
  return (2 * precision * recall) / (precision + recall);
}

/** What single pairs give at each threshold, by the labels. */
function byThreshold({ scored }: Linkage, truth: readonly string[], total: number): Curve['actual'] {
  const points: Curve['actual'] = [];
  for (let weight = -8; weight <= 24; weight++) {
    let [found, right] = [0, 0];
    for (let k = 0; k < scored.count; k++) {
      if (scored.weight[k]! < weight * 1024) continue;
      found++;
      if (truth[scored.i[k]!] === truth[scored.j[k]!]) right++;
    }
    if (found > 0) points.push({ weight, precision: right / found, recall: right / total });
  }
  return points;
}
