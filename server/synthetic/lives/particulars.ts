import { yearsOn, type Day } from '../calendar.ts';
import type { Sex } from '../names/communities.ts';
import { nhsNumber, nhsNumbersThere } from '../nhs-numbers.ts';
import { noFixedAbode } from '../place/land.ts';
import type { Address } from '../place/types.ts';
import type { Household, Person } from './types.ts';

/** A household with its place in the world's row of numbers. */
export type Placed = { household: Household; firstNumber: number };

/** What is true of a person on a day. */
export type Particulars = {
  /** Which of the person's identities holds: 0, or 1 after a sealed change. */
  identity: number;
  /** Empty while nobody knows it. */
  nhsNumber: string;
  family: string;
  given: string;
  middle: string;
  known: string;
  /** The family name before this one; empty when there was none. */
  formerFamily: string;
  title: string;
  sex: Sex;
  born: Day;
  address: Address;
  phone: string;
  mobile: string;
  email: string;
  ethnicCode: string;
  isRestricted: boolean;
};

/** 01632 is the area code of no place: Ofcom keeps it for made-up numbers. Homes take the first 400,000, people the rest. */
function telephone(place: number): string {
  return `01632 ${String(place).padStart(6, '0')}`;
}

export function particularsOn(placed: Placed, person: Person, day: Day): Particulars {
  const { household, firstNumber } = placed;
  const identity = identityOn(person, day);
  const names =
    identity === 0 ? person.names : person.names.filter(({ from }) => from >= person.identities[1]!.from);
  let at = 0;
  while (at + 1 < names.length && names[at + 1]!.from <= day) at++;
  const { name } = names[at]!;
  const before = at > 0 ? names[at - 1]!.name.family : '';
  const sex = person.sexes.findLast(({ from }) => from <= day)!.sex;
  const age = yearsOn(day, person.born);
  const personNumber = firstNumber + person.slot;
  const { address } = person.stays.findLast(({ from }) => from <= day) ??
    person.stays[0] ?? { address: noFixedAbode };
  return {
    identity,
    nhsNumber: day >= person.numberFrom ? numberOf(placed, person, identity) : '',
    family: name.family,
    given: name.given,
    middle: name.middle,
    known: name.known,
    formerFamily: before === name.family ? '' : before,
    title:
      age < 16 ? (sex === 'F' ? 'Miss' : 'Master') : sex === 'M' ? 'Mr' : person.isMarried ? 'Mrs' : 'Ms',
    sex,
    born: person.born,
    address,
    phone: address.kind === 'home' ? telephone(household.index % 400_000) : '',
    mobile: person.hasPhone && age >= 14 ? telephone(400_000 + (personNumber % 600_000)) : '',
    email: person.hasEmail && age >= 16 && age < 85 ? emailOf(name.given, name.family, personNumber) : '',
    ethnicCode: person.ethnicCode,
    isRestricted: day >= person.restrictedFrom,
  };
}

export const identityOn = (person: Person, day: Day): number =>
  person.identities.length > 1 && day >= person.identities[1]!.from ? 1 : 0;

export const numberOf = ({ firstNumber }: Placed, person: Person, identity: number): string =>
  nhsNumber((firstNumber + person.identities[identity]!.slot) % nhsNumbersThere);

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

const emailOf = (given: string, family: string, number: number): string =>
  `${plain(given)}.${plain(family)}${number % 100}@example.${number % 3 === 0 ? 'org' : 'com'}`;
