import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  readProblem,
  readSolution,
  readStages,
  scoreOf,
  solve,
  solveStages,
  writeRoster,
  type Problem as Rostering,
  type Progress,
  type Solution,
} from '../../workforce/rosters/index.ts';
import { Problem } from '../../platform/errors.ts';
import { filesOf, mustExist, numberIn } from './options.ts';

/** The longest time that can be asked for: about 23 days. */
const mostSeconds = 2_000_000;

/** Solves a problem file; the exit code is 1 where no legal roster was found. */
export async function solveFile(args: string[]): Promise<number> {
  const started = performance.now();
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      time: { type: 'string', default: '600' },
      threads: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      from: { type: 'string' },
    },
  });
  const files = filesOf(positionals);
  const staged = files.length > 1 ? readStages(files) : undefined;
  const problem = staged?.whole ?? readProblem(files[0] ?? '');
  if (staged !== undefined && values.from !== undefined)
    throw new Problem('roster/wrong-option', 400, '--from is not for what is solved week by week.', {
      wayOut: 'Leave it out: each week begins from the weeks before it.',
    });
  const start =
    values.from === undefined
      ? undefined
      : readSolution(
          problem,
          readFileSync(mustExist(values.from, 'solution'), 'utf8'),
          path.basename(values.from),
        );
  const stopper = new AbortController();
  /** A terminal and a shell may both send the signal: the second changes nothing, so that what was found is written. */
  const stop = (): void => stopper.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const began = process.cpuUsage();
  const options = {
    seconds: Math.max(
      0.1,
      numberIn('time', values.time, 0.1, mostSeconds) - (performance.now() - started) / 1000,
    ),
    threads: numberIn('threads', values.threads, 1, 64),
    seed: numberIn('seed', values.seed, 0),
    signal: stopper.signal,
    tell: openProgress(),
  };
  const found =
    staged === undefined
      ? await solve(problem, { ...options, ...(start === undefined ? {} : { start }) })
      : await solveStages(staged, options);
  if ('impossible' in found) {
    console.error(
      found.impossible === ''
        ? 'No roster was found in the time given. Ask roster explain FILE whether its rules can hold together.'
        : `There is no roster: the hard rules of ${found.impossible} cannot hold together. Ask roster explain FILE.`,
    );
    return 1;
  }
  const { user, system } = process.cpuUsage(began);
  const notes = notesOf(problem, found, Number(values.seed), (user + system) / 1e6);
  const text = writeRoster(problem, found.roster, notes);
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text);
  console.error(notes.slice(1).join('\n'));
  return found.isLegal ? 0 : 1;
}

function notesOf(problem: Rostering, found: Solution, seed: number, cpu: number): string[] {
  const { bound, isLegal, isProven, seconds, shortages } = found;
  const cost = isLegal ? found.cost : scoreOf(problem, found.roster);
  return [
    `problem ${problem.name}`,
    `score ${cost}`,
    `bound ${Math.round(bound * 1000) / 1000}`,
    `gap ${isLegal ? gapText(cost, bound) : 'unknown'}${isLegal && isProven ? ', proven best' : ''}`,
    isLegal
      ? 'legal'
      : `not legal, the least bad found: ${shortages.map((row) => problem.cover[row]?.words).join('; ')}`,
    `seed ${seed}, ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor`,
  ];
}

const gapText = (cost: number, bound: number): string =>
  bound === -Infinity ? 'unknown' : `${((100 * (cost - bound)) / Math.max(1, Math.abs(cost))).toFixed(2)}%`;

function openProgress(): (progress: Progress) => void {
  let last = -10;
  let lastCost = Infinity;
  return ({ seconds, cost, bound, isLegal, relaxation }) => {
    if (cost === lastCost && seconds - last < 5) return;
    last = seconds;
    lastCost = cost;
    const low = bound === -Infinity ? '' : `, bound ${bound.toFixed(1)}, gap ${gapText(cost, bound)}`;
    const root = relaxation === undefined ? '' : ` (relaxation ${relaxation.toFixed(1)})`;
    console.error(
      `${seconds.toFixed(1).padStart(7)} s  ${isLegal ? 'best' : 'not legal yet'} ${cost}${low}${root}`,
    );
  };
}
