import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problemOf, readRosterFile } from '../format/index.ts';
import type { Problem } from '../types.ts';
import { readCurtois } from './curtois.ts';
import { readInrc1 } from './inrc1.ts';
import { fault } from './lines.ts';

export { pastAfter, weeksProblem } from './inrc2.ts';
export {
  readHistory,
  readScenario,
  readWeek,
  readWeeksBefore,
  type Past,
  type Scenario,
  type Week,
} from './inrc2-files.ts';

/** Reads a problem from one file, whichever of the formats it is in. */
export function readProblem(file: string): Problem {
  const text = readFileSync(file, 'utf8');
  const name = path.basename(file);
  if (text.includes('SECTION_HORIZON')) return readCurtois(text, name);
  if (text.includes('SCHEDULING_PERIOD')) return readInrc1(text, name);
  if (text.trimStart().startsWith('{')) return problemOf(readRosterFile(text, name));
  throw fault(
    name,
    1,
    'This is no roster problem that we know.',
    'Known are the text forms of Curtois and Qu, INRC-I and INRC-II, and our own: docs/reference/roster-format.md.',
  );
}
