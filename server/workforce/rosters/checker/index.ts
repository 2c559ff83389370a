import { readFileSync } from 'node:fs';
import path from 'node:path';
import { curtoisBreaches, curtoisScore } from './curtois/score.ts';
import { readCurtois } from './curtois/read.ts';
import { faultIn } from './fault.ts';
import { readRoster } from './solution.ts';
import type { Verdict } from './types.ts';

export type { Breach, Score, Verdict } from './types.ts';

/**
 * Checks and scores a roster against its problem, from the description of the format alone: nothing here is shared with
 * the engine. Throws a Problem with file and line when either file cannot be read.
 */
export function checkSolution(problemFile: string, solutionFile: string): Verdict {
  const text = readFileSync(problemFile, 'utf8');
  const name = path.basename(problemFile);
  const solution = readFileSync(solutionFile, 'utf8');
  if (!text.includes('SECTION_HORIZON')) throw faultIn(name, 1, 'This is no roster problem that we know.');
  const problem = readCurtois(text, name);
  const roster = readRoster(solution, path.basename(solutionFile), [...problem.people.keys()], problem.days);
  return {
    format: 'curtois',
    people: problem.people.size,
    days: problem.days,
    breaches: curtoisBreaches(problem, roster),
    score: curtoisScore(problem, roster),
  };
}
