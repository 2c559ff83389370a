import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  checkSolution,
  inrc2Files,
  readProblem,
  readStages,
  solve,
  solveStages,
  writeRoster,
} from '../server/workforce/rosters/index.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';

const data = path.resolve(import.meta.dirname, '../../shared/data/rostering');
const peer = path.join(import.meta.dirname, 'roster-peers/cp_sat.py');
const threads = 2;

/** Best known costs as published. Sources: schedulingbenchmarks.org/nrp; the pages of the 2010 competition. */
const bestKnown = new Map(
  [
    'Instance1=607 Instance3=1001 Instance5=1143 Instance7=1056 Instance9=439 Instance11=3443',
    'Instance13=1348 Instance15=3828 Instance17=5746 Instance19=3149 Instance21=21133',
    'Instance23=17285 sprint01=56 sprint03=51 sprint05=58 sprint07=56 sprint09=55 sprint_late01=37',
    'sprint_late03=48 sprint_late05=44 sprint_late07=42 sprint_late09=17 sprint_hidden01=32',
    'sprint_hidden03=62 sprint_hidden05=59 sprint_hidden07=153 sprint_hidden09=338 medium01=240',
    'medium03=236 medium05=303 medium_late01=157 medium_late03=29 medium_late05=107',
    'medium_hidden01=111 medium_hidden03=34 medium_hidden05=118',
  ].flatMap((line) =>
    line.split(' ').map((pair): [string, number] => [pair.split('=')[0] ?? '', Number(pair.split('=')[1])]),
  ),
);

const stages = ['n030w4/n030w4_1_6-2-9-1', 'n040w4/n040w4_0_2-0-6-1', 'n060w4/n060w4_1_6-1-1-5'];

type Row = { cost: number; bound: number; wall: number; cpu: number };

/** Solves every shared instance for `seconds` each and scores the rosters with the independent checker. */
export async function run(options: BenchOptions): Promise<Finding> {
  const folder = path.join(options.folder, 'roster');
  mkdirSync(folder, { recursive: true });
  const rows: (string | number)[][] = [];
  for (const file of instances().slice(0, options.size)) {
    const name = path.basename(file, '.txt');
    const out = path.join(folder, `${name}.tsv`);
    const ours = await solveOne(file, out, options.seconds);
    const verdict = checkSolution(file, out);
    const best = bestKnown.get(name);
    const row: (string | number)[] = [
      name,
      best ?? '',
      verdict.breaches.length === 0 ? verdict.score.total : 'not legal',
      ours.bound === -Infinity ? '' : ours.bound,
      best === undefined ? '' : `${((100 * (verdict.score.total - best)) / best).toFixed(2)}%`,
      ours.wall.toFixed(0),
      ours.cpu.toFixed(0),
    ];
    if (options.python !== undefined)
      row.push(...(await peerRow(options.python, file, out, options.seconds)));
    rows.push(row);
    console.log(row.join('\t'));
  }
  const columns = ['instance', 'best known', 'score', 'bound', 'above best known', 'wall s', 'processor s'];
  if (options.python !== undefined) columns.push('CP-SAT score', 'CP-SAT bound', 'CP-SAT processor s');
  return {
    name: 'roster',
    command: `./openics bench roster --seconds ${options.seconds}`,
    columns,
    rows,
    notes: [
      `Seed 1, ${threads} threads. Scores are the checker's, which shares no code with the engine.`,
      'INRC-II is solved week by week, without knowing the weeks to come, so it has no bound.',
    ],
  };
}

const inFolder = (folder: string, wanted: RegExp): string[] =>
  existsSync(path.join(data, folder))
    ? readdirSync(path.join(data, folder))
        .filter((file) => wanted.test(file))
        .map((file) => path.join(data, folder, file))
    : [];

const numberOf = (file: string): number => Number(/(\d+)\.txt$/.exec(file)?.[1] ?? 0);

function instances(): string[] {
  return [
    ...inFolder('curtois', /^Instance\d+\.txt$/).toSorted((a, b) => numberOf(a) - numberOf(b)),
    ...inFolder('inrc1', /^(sprint|medium).*\.txt$/),
    ...stages.map((name) => path.join(data, 'inrc2', name)),
  ];
}

async function solveOne(file: string, out: string, seconds: number): Promise<Row> {
  const files = inrc2Files(file);
  const before = process.cpuUsage();
  const staged = files.length > 1 ? readStages(files) : undefined;
  const problem = staged?.whole ?? readProblem(file);
  const found =
    staged === undefined
      ? await solve(problem, { seconds, threads })
      : await solveStages(staged, { seconds, threads });
  const { user, system } = process.cpuUsage(before);
  if ('impossible' in found) throw new Error(`${path.basename(file)}: no roster was found.`);
  writeFileSync(out, writeRoster(problem, found.roster, [`score ${found.cost}`, `bound ${found.bound}`]));
  return { cost: found.cost, bound: found.bound, wall: found.seconds, cpu: (user + system) / 1e6 };
}

/** The same instance for as long with as many threads on OR-tools; it reads Curtois's format only. */
async function peerRow(
  python: string,
  file: string,
  out: string,
  seconds: number,
): Promise<(string | number)[]> {
  if (!path.basename(file).startsWith('Instance')) return ['', '', ''];
  const place = `${out}.cp-sat`;
  const { stdout } = await promisify(execFile)(python, [peer, file, String(seconds), String(threads), place]);
  const told = JSON.parse(stdout) as { score: number | null; bound: number; cpu: number };
  if (told.score === null) return ['none', told.bound, told.cpu];
  const verdict = checkSolution(file, place);
  return [verdict.breaches.length === 0 ? verdict.score.total : 'not legal', told.bound, told.cpu];
}
