import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
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
} from '../../server/workforce/rosters/index.ts';
import { peerModel } from './model.ts';
import { ourName, type Outcome } from './outcome.ts';

export type Budget = {
  /** Wall seconds for each instance. */
  seconds: number;
  /** Processor seconds, all threads together; where given, each solver ends with these, so that load changes nothing. */
  processor: number | undefined;
  threads: number;
  seed: number;
};

export type Solver = { name: string; solve(file: string, out: string, budget: Budget): Promise<Outcome> };

const here = import.meta.dirname;

function scored(file: string, out: string): Outcome['score'] {
  const { breaches, score } = checkSolution(file, out);
  return breaches.length === 0 ? score.total : 'not legal';
}

/** How many times longer than alone something takes now: wall over processor time of a short piece of work. */
export function slowness(): number {
  const [wall, before] = [performance.now(), process.cpuUsage()];
  let sum = 0;
  while (process.cpuUsage(before).user < 500_000) for (let step = 0; step < 1e5; step++) sum += step % 7;
  return Math.max(1, (performance.now() - wall) / (process.cpuUsage(before).user / 1000) + sum * 0);
}

/** Our engine in this process; its time is spread over the wall seconds it is expected to have. */
export const ours: Solver = {
  name: ourName,
  async solve(file, out, { seconds, processor, threads, seed }) {
    const files = inrc2Files(file);
    const stopper = new AbortController();
    const wallSeconds = processor === undefined ? seconds : (processor / threads) * slowness();
    const [began, before] = [performance.now(), process.cpuUsage()];
    const spent = (): number => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    };
    const watch = setInterval(() => processor !== undefined && spent() >= processor && stopper.abort(), 100);
    try {
      const staged = files.length > 1 ? readStages(files) : undefined;
      const problem = staged?.whole ?? readProblem(file);
      const options = { seconds: wallSeconds, threads, seed };
      const found =
        staged === undefined
          ? await solve(problem, { ...options, signal: stopper.signal })
          : await solveStages(staged, options);
      const used = { wall: (performance.now() - began) / 1000, processor: spent() };
      if ('impossible' in found) return { score: 'none', bound: undefined, ...used };
      writeFileSync(out, writeRoster(problem, found.roster, [`score ${found.cost}`, `bound ${found.bound}`]));
      const bound = found.bound <= 0 && found.cost > 0 ? undefined : found.bound;
      return { score: scored(file, out), bound, ...used };
    } finally {
      clearInterval(watch);
    }
  },
};

type Told = { score: number | null; bound?: number; hard?: number; processor: number };

/** What a program says on its last line; undefined, with the reason on the console, where it ends with a fault. */
async function answerOf(program: string, args: string[]): Promise<Told | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 2 ** 28 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

async function peerRun(
  command: string[],
  file: string,
  out: string,
  { seconds, processor, threads, seed }: Budget,
): Promise<Outcome> {
  const model = `${out}.json`;
  writeFileSync(model, JSON.stringify(peerModel(file)));
  const began = performance.now();
  const limits = [processor === undefined ? seconds : 86_400, processor ?? 1e9, threads, seed].map(String);
  const cores = Array.from({ length: threads }, (_, core) => core).join(',');
  const held = processor === undefined ? ['taskset', '-c', cores] : [];
  const [program = '', ...args] = [...held, ...command, model, out, ...limits];
  const told = await answerOf(program, args);
  if (told === undefined)
    return { score: 'failed', bound: undefined, wall: (performance.now() - began) / 1000, processor: 0 };
  const used = { wall: (performance.now() - began) / 1000, processor: told.processor };
  if (told.score === null) return { score: 'none', bound: told.bound, ...used };
  return { score: scored(file, out), bound: told.bound, ...used };
}

/** OR-tools CP-SAT, with the model of bench/roster-peers/cp_sat.py, on a Python that has it. */
export const cpSat = (python: string): Solver => ({
  name: 'CP-SAT',
  solve: (file, out, budget) =>
    peerRun([python, path.join(here, '../roster-peers/cp_sat.py')], file, out, budget),
});

/** Timefold with the model of bench/roster-peers/timefold; Maven fetches it into `folder` on the first run. */
export function timefold(folder: string): Solver {
  const source = path.join(here, '../roster-peers/timefold');
  const [libraries, classes] = [path.join(folder, 'lib'), path.join(folder, 'classes')];
  mkdirSync(classes, { recursive: true });
  if (!existsSync(libraries))
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        path.join(source, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${libraries}`,
      ],
      { stdio: 'inherit' },
    );
  const files = readdirSync(source)
    .filter((name) => name.endsWith('.java'))
    .map((name) => path.join(source, name));
  const compiled = path.join(classes, 'Main.class');
  const isOld =
    !existsSync(compiled) || files.some((name) => statSync(name).mtimeMs > statSync(compiled).mtimeMs);
  if (isOld)
    execFileSync('javac', ['-cp', path.join(libraries, '*'), '-d', classes, ...files], { stdio: 'inherit' });
  const command = ['java', '-XX:+UseSerialGC', '-cp', `${classes}:${path.join(libraries, '*')}`, 'Main'];
  return { name: 'Timefold', solve: (file, out, budget) => peerRun(command, file, out, budget) };
}
