import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem as Fault } from '../../platform/errors.ts';
import { modelOf, shortages, Standing } from './engine/index.ts';
import {
  pastAfter,
  readHistory,
  readScenario,
  readWeek,
  readWeeksBefore,
  weeksProblem,
  type Past,
  type Scenario,
  type Week,
} from './read/index.ts';
import { floorOf, solve, type Impossible, type Progress, type Solution } from './solve.ts';
import type { Problem, Roster } from './types.ts';

/**
 * A scenario with a history and its weeks, to be solved one week at a time. `done` weeks lie before the history. `whole` is
 * all given weeks as one; totals count there where the last week of the scenario is given.
 */
export type Staged = { scenario: Scenario; done: number; past: Past[]; weeks: Week[]; whole: Problem };

export type StagedOptions = {
  seconds: number;
  threads?: number;
  seed?: number;
  /** How many neighbourhoods each thread tries at most in a week. */
  turns?: number;
  signal?: AbortSignal;
  tell?: (progress: Progress & { week: number }) => void;
};

const text = (file: string): string => readFileSync(file, 'utf8');

/** Reads a problem of INRC-II from its files: scenario, history, then the weeks in order. */
export function readStages(files: readonly string[]): Staged {
  const [scenarioFile = '', historyFile = '', ...weekFiles] = files;
  const scenario = readScenario(text(scenarioFile), path.basename(scenarioFile));
  const history = text(historyFile);
  const past = readHistory(history, path.basename(historyFile), scenario);
  const done = readWeeksBefore(history, path.basename(historyFile));
  const weeks = weekFiles.map((file) => readWeek(text(file), path.basename(file), scenario));
  const end = done + weeks.length;
  if (end > scenario.weeks)
    throw new Fault(
      'roster/bad-file',
      400,
      `There are ${end} weeks with those before, and the scenario has ${scenario.weeks}.`,
      {
        place: path.basename(scenarioFile),
      },
    );
  const totals = end === scenario.weeks ? { weeks: scenario.weeks, left: weeks.length } : 'free';
  return { scenario, done, past, weeks, whole: weeksProblem(scenario, past, weeks, totals) };
}

/**
 * Solves a staged problem as the competition does: each week knows the weeks before it and not those to come. A week is
 * solved with a guess of the next behind it (the average of the demand seen so far), and only its own days are kept.
 * Where time is over or it is told to stop, the weeks not reached stay free, and the roster is not called legal.
 */
export async function solveStages(staged: Staged, options: StagedOptions): Promise<Solution | Impossible> {
  const { scenario, done, weeks, whole } = staged;
  const { seconds, tell, signal, ...rest } = options;
  const began = Date.now();
  let past = staged.past;
  const kept: number[][] = scenario.nurses.map(() => []);
  for (const [index, week] of weeks.entries()) {
    const toCome = scenario.weeks - done - index;
    const ahead = toCome === 1 ? [] : [guessOf(weeks.slice(0, index + 1))];
    const problem = weeksProblem(scenario, past, [week, ...ahead], { weeks: scenario.weeks, left: toCome });
    const left = seconds - (Date.now() - began) / 1000;
    if (left <= 0 || signal?.aborted === true) break;
    const found = await solve(problem, {
      ...rest,
      seconds: Math.max(0.1, left - ending) / (weeks.length - index),
      ...(signal === undefined ? {} : { signal }),
      tell: (progress) => tell?.({ ...progress, week: index + 1 }),
    });
    if ('impossible' in found && found.impossible !== '') return found;
    if ('impossible' in found) break;
    past = past.map((before, nurse) => {
      const days = (found.roster[nurse] as Uint8Array).subarray(0, 7);
      kept[nurse]?.push(...days);
      return pastAfter(before, days, scenario.skills.length);
    });
  }
  const roster: Roster = kept.map((days) => {
    const all = new Uint8Array(whole.days);
    all.set(days);
    return all;
  });
  const missing = shortages(whole, roster);
  return {
    roster,
    cost: new Standing(modelOf(whole, { isWhole: false }), roster).total(),
    bound: floorOf(whole),
    isLegal: missing.length === 0,
    isProven: false,
    shortages: missing,
    seconds: (Date.now() - began) / 1000,
  };
}

/** Seconds kept for what follows the last search, on a busy machine. */
const ending = 0.5;

/** A week as the weeks so far were on average, without wishes. */
function guessOf(weeks: Week[]): Week {
  const first = weeks[0]?.demand ?? [];
  const mean = (index: number, of: 'least' | 'best'): number =>
    Math.round(weeks.reduce((sum, { demand }) => sum + (demand[index]?.[of] ?? 0), 0) / weeks.length);
  return {
    demand: first.map((row, index) => {
      const least = mean(index, 'least');
      return { ...row, least, best: Math.max(least, mean(index, 'best')) };
    }),
    wishes: [],
  };
}
