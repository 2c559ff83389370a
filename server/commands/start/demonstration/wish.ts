import { Problem } from '../../../platform/errors.ts';
import type { Demonstration } from '../../../synthetic/index.ts';

/** The options of `start` about the demonstration, for `parseArgs`. */
export const demonstrationOptions = { people: { type: 'string' }, empty: { type: 'boolean' } } as const;

export const demonstrationHelp = `  --people N        how many made-up people an empty data folder starts with (default 5000)
  --empty           start with nobody`;

const usual = 5_000;

type Given = { people?: string | undefined; empty?: boolean | undefined };

/**
 * How many people to make up; undefined for none. A new data folder of our own gets them without being asked; an outside database
 * only when it is empty and `--people` says so. One that was cut off goes on.
 */
export function wantedPeople(
  given: Given,
  there: { demonstration: Demonstration | undefined; isEmpty: boolean; isOutside: boolean },
): number | undefined {
  const asked = given.people === undefined ? undefined : numberOf(given.people);
  if (given.empty === true) {
    if (asked !== undefined)
      throw new Problem('start/people', 400, '--empty and --people contradict each other.');
    return undefined;
  }
  const { demonstration, isEmpty, isOutside } = there;
  if (demonstration !== undefined) return demonstration.state === 'ready' ? undefined : demonstration.people;
  if (asked !== undefined && !isEmpty) {
    throw new Problem('start/people', 409, 'This database is not empty: no people are made up in it.', {
      wayOut: 'Leave out --people, or give another folder with --data DIR.',
    });
  }
  if (!isEmpty) return undefined;
  return asked ?? (isOutside ? undefined : usual);
}

function numberOf(text: string): number {
  const people = Number(text);
  if (Number.isInteger(people) && people >= 100 && people <= 5_000_000) return people;
  throw new Problem('start/people', 400, `--people ${text} is not a number of people.`, {
    wayOut: 'Give a whole number from 100 to 5000000.',
  });
}
