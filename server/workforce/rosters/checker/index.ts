import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readRosterFile } from '../format/index.ts';
import { curtoisBreaches, curtoisScore } from './curtois/score.ts';
import { readCurtois } from './curtois/read.ts';
import { faultIn } from './fault.ts';
import { inrc1Breaches, inrc1Score } from './inrc1/score.ts';
import { readInrc1 } from './inrc1/read.ts';
import { inrc2Files } from './inrc2/files.ts';
import { inrc2Breaches, inrc2Score } from './inrc2/score.ts';
import { readInrc2, type NamedText } from './inrc2/read.ts';
import { checkOwn } from './own/check.ts';
import { readRoster, type Roster } from './solution.ts';
import type { Verdict } from './types.ts';

export { readCurtois } from './curtois/read.ts';
export { readInrc1 } from './inrc1/read.ts';
export { inrc2Files } from './inrc2/files.ts';
export type { NamedText } from './inrc2/read.ts';
export type { Breach, Score, Verdict } from './types.ts';

const textOf = (file: string): NamedText => ({ name: path.basename(file), text: readFileSync(file, 'utf8') });

/**
 * Checks and scores a roster against its problem, from the description of the format alone: nothing here is
 * shared with the engine. An INRC-II problem is `[scenario, history, week, ...]`, or the short name of its
 * parts in their folder (`n030w4/n030w4_1_6-2-9-1`). Throws a Problem with file and line when a file cannot be
 * read.
 */
export function checkSolution(problem: string | readonly string[], solutionFile: string): Verdict {
  const files = typeof problem === 'string' ? inrc2Files(problem) : problem;
  return checkTexts(files.map(textOf), textOf(solutionFile));
}

/** The same for texts that were read already; their names serve in refusals. */
export function checkTexts(texts: readonly NamedText[], solution: NamedText): Verdict {
  const { format, people, days, judge } = judgeOf(texts);
  const roster = readRoster(solution.text, solution.name, people, days);
  return { format, people: people.length, days, ...judge(roster) };
}

/** A problem that was read, and how any roster of it is judged. */
export type Judge = {
  format: Verdict['format'];
  /** Who is to be rostered, in file order. */
  people: string[];
  days: number;
  judge: (roster: Roster) => Pick<Verdict, 'breaches' | 'score'>;
};

/** Reads a problem, to judge rosters of it. */
export function judgeOf(texts: readonly NamedText[]): Judge {
  const [first, history, ...weeks] = texts;
  if (first === undefined) throw faultIn('', 1, 'No file was given.');
  if (history !== undefined) {
    const read = readInrc2(first, history, weeks);
    return {
      format: 'inrc2',
      people: [...read.nurses.keys()],
      days: read.days,
      judge: (roster) => ({ breaches: inrc2Breaches(read, roster), score: inrc2Score(read, roster) }),
    };
  }
  if (first.text.includes('SECTION_HORIZON')) {
    const read = readCurtois(first.text, first.name);
    return {
      format: 'curtois',
      people: [...read.people.keys()],
      days: read.days,
      judge: (roster) => ({ breaches: curtoisBreaches(read, roster), score: curtoisScore(read, roster) }),
    };
  }
  if (first.text.includes('SCHEDULING_PERIOD')) {
    const read = readInrc1(first.text, first.name);
    return {
      format: 'inrc1',
      people: [...read.employees.keys()],
      days: read.days,
      judge: (roster) => ({ breaches: inrc1Breaches(read, roster), score: inrc1Score(read, roster) }),
    };
  }
  if (first.text.trimStart().startsWith('{')) {
    const read = readRosterFile(first.text, first.name);
    return {
      format: 'openics',
      people: read.people.map(({ id }) => id),
      days: read.days,
      judge: (roster) => checkOwn(read, roster),
    };
  }
  throw faultIn(first.name, 1, 'This is no roster problem that we know.');
}
