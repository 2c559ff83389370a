import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultModel, link, reportOf, writeClusters, writePairs } from '../server/people/index.ts';
import { writePeople } from './link-data.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';

type Row = { name: string; seconds: number; processorSeconds: number; found: number; right: number };

/** De-duplicates a file of made-up people from reading it to writing the result, and, where asked, Splink on the same file after it. */
export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const records = options.size ?? 1_000_000;
  const file = path.join(options.folder, `people-${records}.csv`);
  const truthFile = `${file}.pairs`;
  if (!existsSync(truthFile)) writeFileSync(truthFile, String(writePeople(file, records, 7).pairs));
  const truth = Number(readFileSync(truthFile, 'utf8'));
  const ours = await measureOurs(file, options.folder);
  const rows = [ours.row];
  if (options.python !== undefined) rows.push(measureSplink(file, options.python));
  const [first, second] = rows;
  return {
    name: 'link',
    command: `./openics bench link --size ${records}${options.python === undefined ? '' : ' --peer splink --python PYTHON'}`,
    columns: ['what', 'records', 'seconds', 'processor s', 'pairs found', 'precision', 'recall', 'F1'],
    rows: rows.map((row) => [
      row.name,
      records,
      row.seconds,
      row.processorSeconds,
      row.found,
      ...scores(row, truth),
    ]),
    notes: [
      `From the file to pairs, clusters, report and model on disk; learned without examples. ${ours.stages}.`,
      'One record in five is a second one of somebody, with one to three mistakes; names are as skewed as real ones. Pairs are those within clusters.',
      ...(first === undefined || second === undefined
        ? []
        : [
            `Splink reads the same file after it, keeps its result in memory, and runs the model of bench/link-splink.py: it takes ${(second.seconds / first.seconds).toFixed(2)}x the time and ${(second.processorSeconds / first.processorSeconds).toFixed(2)}x the processor time.`,
          ]),
    ],
  };
}

function scores({ found, right }: Row, truth: number): string[] {
  const [precision, recall] = [right / found, right / truth];
  return [precision, recall, (2 * precision * recall) / (precision + recall)].map((value) =>
    value.toFixed(4),
  );
}

async function measureOurs(file: string, folder: string): Promise<{ row: Row; stages: string }> {
  const began = performance.now();
  const processor = process.cpuUsage();
  const linkage = await link({
    files: [file],
    columns: new Map(),
    encoding: undefined,
    model: defaultModel,
    learn: true,
    seed: 1,
    threshold: 0.5,
    review: 0.1,
    guards: undefined,
    oneToOne: false,
    threads: undefined,
  });
  const written = writePairs(linkage, path.join(folder, 'pairs.csv'));
  writeClusters(linkage, path.join(folder, 'clusters.csv'));
  writeFileSync(path.join(folder, 'report.html'), reportOf(linkage, written));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const truth = clusterColumn(file);
  let right = 0;
  for (const members of linkage.clustering.members.values()) {
    for (let a = 0; a < members.length; a++) {
      for (let b = a + 1; b < members.length; b++) if (truth[members[a]!] === truth[members[b]!]) right++;
    }
  }
  const stages = linkage.stages.map(({ name, seconds: took }) => `${name} ${took.toFixed(1)} s`).join(', ');
  return {
    row: { name: 'OpenICS', seconds, processorSeconds: (user + system) / 1e6, found: written.links, right },
    stages,
  };
}

/** The truth, in the order of the rows. */
const clusterColumn = (file: string): string[] =>
  readFileSync(file, 'latin1')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',', 2)[1]!);

function measureSplink(file: string, python: string): Row {
  const script = path.join(import.meta.dirname, 'link-splink.py');
  const output = execFileSync(python, [script, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const result = JSON.parse(output.trimEnd().split('\n').at(-1)!) as Omit<Row, 'name'> & { version: string };
  return { ...result, name: `Splink ${result.version}` };
}
