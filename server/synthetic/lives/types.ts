import type { Day } from '../calendar.ts';
import type { Community, Sex } from '../names/communities.ts';
import type { Name } from '../names/naming.ts';
import type { Address } from '../place/types.ts';

/** What made a household special: each is a trap for whoever links records. */
export const scenarios = [
  'like-twins',
  'same-name-father-and-son',
  'adoption',
  'gender-change',
  'prison',
  'no-fixed-abode',
  'restricted',
  'without-number',
] as const;
export type Scenario = (typeof scenarios)[number];

/** A number given to a person. A second one seals the first: nobody may be led from one to the other. */
export type Identity = { from: Day; /** Place among the numbers of the household. */ slot: number };

export type Person = {
  /** Place among the people and numbers of the household. */
  slot: number;
  community: Community;
  ethnicCode: string;
  born: Day;
  died: Day | undefined;
  /** Days on which the person lives in the area: from the first, before the last. */
  hereFrom: Day;
  hereTo: Day;
  sexes: { from: Day; sex: Sex }[];
  names: { from: Day; name: Name }[];
  stays: { from: Day; address: Address }[];
  identities: Identity[];
  /** When the NHS number became known to anyone; never, for some who come from abroad. */
  numberFrom: Day;
  restrictedFrom: Day;
  /** How much more care than others of the same age this person needs; 1 on average. */
  need: number;
  hasPhone: boolean;
  hasEmail: boolean;
  isMarried: boolean;
  mother: Person | undefined;
  /** Born together. */
  twin: Person | undefined;
};

export type Household = {
  index: number;
  community: Community;
  people: Person[];
  /** How many numbers the household uses up. */
  numbers: number;
  scenario: Scenario | undefined;
};

export const never: Day = 1_000_000;
export const always: Day = -25_500;
