import type { Condition, VetoRule } from './types.ts';

const all = (...of: Condition[]): Condition => ({ op: 'all', of });
const any = (...of: Condition[]): Condition => ({ op: 'any', of });
const not = (of: Condition): Condition => ({ op: 'not', of });
const same = (field: Extract<Condition, { op: 'same' }>['field']): Condition => ({ op: 'same', field });
const known = (field: Extract<Condition, { op: 'missing' }>['field']): Condition =>
  not({ op: 'missing', field });

/** Two given names that are neither forms of one name, nor among the other's names, nor an initial of it. */
const givenIsNot = all(
  known('given'),
  not(
    any(same('givenRoot'), { op: 'among', field: 'given', list: 'names' }, { op: 'initial', field: 'given' }),
  ),
);

/** Two such names that are not even alike. */
const givenDiffers = all(givenIsNot, not({ op: 'jaroWinkler', field: 'given', atLeast: 0.75 }));

/**
 * The same for two records whose birth dates differ. Another's name among one's own says nothing then: children are named after
 * their parents, and in some families the father's given name is the family name.
 */
const givenDiffersOutright = all(
  known('given'),
  not(
    any(
      same('givenRoot'),
      { op: 'initial', field: 'given' },
      { op: 'jaroWinkler', field: 'given', atLeast: 0.75 },
      { op: 'swapped', fields: ['given', 'family'] },
    ),
  ),
);

const numberAgrees = any(same('nhsNumber'), same('otherNumber'));

const birthDiffers = all(
  known('birthDate'),
  not(
    any(
      all(same('birthYear'), same('birthMonth')),
      all(same('birthYear'), same('birthDay')),
      all(same('birthMonth'), same('birthDay'), { op: 'edits', field: 'birthYear', atMost: 1 }),
      all(same('birthYear'), { op: 'swapped', fields: ['birthMonth', 'birthDay'] }),
    ),
  ),
);

const sexDiffers = all(known('sex'), not(same('sex')));

/**
 * Why a program must not join two records. Two valid NHS numbers always stand against it, and so does one number on two people.
 * The others give way where a number agrees. Twins share family name and birth date, and differ in the given name; a brother and a
 * sister may be Oliver and Olivia.
 */
export const vetoes: readonly VetoRule[] = [
  { name: 'two-nhs-numbers', when: all(known('nhsNumber'), not(same('nhsNumber'))) },
  { name: 'wrong-nhs-number', when: all(same('nhsNumber'), birthDiffers, givenDiffers) },
  {
    name: 'twins',
    when: all(not(numberAgrees), givenDiffers, same('birthDate'), same('family')),
    isGuard: true,
  },
  {
    name: 'birth-date-and-given-name-differ',
    when: all(not(numberAgrees), givenDiffersOutright, birthDiffers),
    isGuard: true,
  },
  {
    name: 'sex-and-given-name-differ',
    when: all(not(numberAgrees), givenIsNot, sexDiffers),
    isGuard: true,
  },
];
