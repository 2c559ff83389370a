import { packsFor, type RosterFile } from '../../format/index.ts';
import type { Roster } from '../solution.ts';
import { Tally, type Breach, type Score } from '../types.ts';
import { scoreCover } from './cover.ts';
import { scoreFairness } from './fair.ts';
import { checkPerson } from './person.ts';

const parts = [
  'under-cover',
  'over-cover',
  'price',
  'requests',
  'moved',
  'contract-hours',
  'rules',
  'fairness',
];

/**
 * Checks and scores a roster in our own format, from docs/reference/roster-format.md. Only the reading of the
 * file and the text of the rule packs are shared with what compiles them; what they mean is written here a
 * second time.
 */
export function checkOwn(file: RosterFile, roster: Roster): { breaches: Breach[]; score: Score } {
  const tally = new Tally(parts);
  const packs = packsFor(file);
  const breaches = file.people.flatMap((person) =>
    checkPerson(file, packs, person, roster.get(person.id)!, tally),
  );
  scoreCover(file, roster, tally);
  scoreFairness(file, roster, tally);
  return { breaches, score: tally.score() };
}
