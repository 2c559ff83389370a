import { isoDay, type Day } from '../calendar.ts';
import { identityOn, numberOf, particularsOn, type Particulars, type Placed } from '../lives/particulars.ts';
import type { Person } from '../lives/types.ts';
import { nicknameOf, otherSpellings } from '../names/variants.ts';
import { nhsNumber } from '../nhs-numbers.ts';
import type { Partner } from '../place/types.ts';
import { Random } from '../random.ts';
import { errorKinds, habits, type ErrorKind, type Flaw } from './table.ts';
import { slip, slipOfDigits, withoutMarks } from './typos.ts';

/** What a partner holds of a person at one time: as it was written down, right or wrong. */
export type Said = Omit<Particulars, 'born' | 'sex' | 'address'> & {
  /** `YYYY-MM-DD`; may be a day that is not in the calendar only by a slip that still reads as a date. */
  born: string;
  sex: 'F' | 'M' | 'U';
  line: string;
  town: string;
  postcode: string;
};

/** One record of one person at one partner: what the product calls a patient. */
export type SourceRecord = {
  partner: Partner;
  localId: string;
  placed: Placed;
  person: Person;
  identity: number;
  /** 0 for the first record of the person at the partner, 1 for a duplicate. */
  ordinal: number;
  from: Day;
  /** What the partner held, from when on; never empty. */
  versions: { from: Day; said: Said }[];
  /** What is wrong with it: only what changed something. */
  errors: Flaw[];
  random: Random;
};

type Opening = {
  partner: Partner;
  placed: Placed;
  person: Person;
  from: Day;
  ordinal: number;
  localId: string;
};

/** Opens a record on a day and follows it to the last: what was written down, and which changes were noticed when. */
export function openRecord(seed: number, until: Day, opening: Opening): SourceRecord {
  const { partner, placed, person, from, ordinal } = opening;
  const random = new Random(seed, 0x5ec0, placed.firstNumber + person.slot, partner.index, ordinal);
  const identity = identityOn(person, from);
  const tried = planned(random, partner);
  const salt = random.uint32();
  const found = new Set<Flaw>();
  const write = (day: Day): Said => {
    const said = plainlySaid(particularsOn(placed, person, day));
    for (const [i, kind] of tried.entries()) {
      const before = signature(said);
      distort(said, kind, new Random(salt, i), placed, person);
      if (signature(said) !== before) found.add(kind);
    }
    return said;
  };
  const versions = [{ from, said: write(from) }];
  const { days, isStale } = noticedDays(random, partner, person, from, until, identity);
  for (const noticed of days) versions.push({ from: noticed, said: write(noticed) });
  if (isStale) found.add('stale');
  return { ...opening, identity, versions, errors: [...found], random };
}

export const saidOn = (record: SourceRecord, day: Day): Said =>
  (record.versions.findLast(({ from }) => from <= day) ?? record.versions[0]!).said;

function planned(random: Random, partner: Partner): ErrorKind[] {
  const { errors } = habits[partner.sends!];
  return errorKinds.filter((kind) => random.chance(errors[kind]));
}

/** The days on which changes in a life reach the partner, and whether the last one never did. */
function noticedDays(
  random: Random,
  partner: Partner,
  person: Person,
  from: Day,
  until: Day,
  identity: number,
): { days: Day[]; isStale: boolean } {
  const { staleForEver, daysToNotice } = habits[partner.sends!];
  const sealed = identity === 0 && person.identities.length > 1 ? person.identities[1]!.from : until + 1;
  const end = Math.min(sealed, (person.died ?? until) + 1);
  const changes = new Set(
    [...person.names, ...person.stays]
      .map((change) => change.from)
      .concat(person.numberFrom, person.restrictedFrom),
  );
  const days = new Set<Day>();
  let isStale = false;
  for (const change of [...changes].sort((a, b) => a - b)) {
    // A restriction is passed on at once and must not be missed.
    const mustKnow = change === person.restrictedFrom;
    const delay = mustKnow ? 0 : Math.floor(-Math.log(1 - random.unit()) * daysToNotice) + 1;
    const isMissed = random.chance(staleForEver) && !mustKnow;
    if (change <= from || change >= end) continue;
    isStale = isMissed || change + delay >= end;
    if (!isStale) days.add(change + delay);
  }
  return { days: [...days].sort((a, b) => a - b), isStale };
}

function plainlySaid(particulars: Particulars): Said {
  const { address, born, ...rest } = particulars;
  return { ...rest, born: isoDay(born), line: address.line, town: address.town, postcode: address.postcode };
}

const signature = (said: Said): string =>
  `${said.nhsNumber}|${said.family}|${said.given}|${said.middle}|${said.born}|${said.sex}|${said.postcode}|${said.phone}|${said.mobile}`;

function distort(said: Said, kind: ErrorKind, random: Random, placed: Placed, person: Person): void {
  switch (kind) {
    case 'number-missing':
      said.nhsNumber = '';
      return;
    case 'number-mistyped':
      if (said.nhsNumber !== '') said.nhsNumber = slipOfDigits(random, said.nhsNumber);
      return;
    case 'number-of-another':
      if (said.nhsNumber !== '') said.nhsNumber = anotherNumber(random, placed, person, said.nhsNumber);
      return;
    case 'family-typo':
      said.family = slip(random, said.family);
      return;
    case 'given-typo':
      said.given = slip(random, said.given);
      return;
    case 'birth-typo':
      said.born = slippedDay(random, said.born);
      return;
    case 'birth-swapped':
      if (Number(said.born.slice(8)) <= 12)
        said.born = `${said.born.slice(0, 5)}${said.born.slice(8)}-${said.born.slice(5, 7)}`;
      return;
    case 'birth-default':
      said.born = random.chance(0.85) ? `${said.born.slice(0, 4)}-01-01` : '1900-01-01';
      return;
    case 'names-swapped':
      [said.family, said.given] = [said.given, said.family];
      return;
    case 'nickname':
      said.given = said.known !== '' ? said.known : (nicknameOf(said.given) ?? said.given);
      return;
    case 'former-family':
      if (said.formerFamily !== '') said.family = said.formerFamily;
      return;
    case 'other-spelling':
      said.given = spelledOtherwise(random, said.given);
      if (random.chance(0.5)) said.family = spelledOtherwise(random, said.family);
      return;
    case 'diacritics-lost':
      said.given = withoutMarks(said.given);
      said.family = withoutMarks(said.family);
      said.middle = withoutMarks(said.middle);
      return;
    case 'double-name-halved':
      said.family = /[ -]/.test(said.family) ? random.pick(said.family.split(/[ -]/)) : said.family;
      return;
    case 'middle-lost':
      said.middle = '';
      return;
    case 'postcode-missing':
      said.postcode = '';
      return;
    case 'postcode-typo':
      said.postcode = slippedPostcode(random, said.postcode);
      return;
    case 'phone-missing':
      said.phone = '';
      said.mobile = '';
      said.email = '';
      return;
    case 'sex-wrong':
      said.sex = said.sex === 'F' ? 'M' : 'F';
      return;
  }
}

/** Most often of someone in the same household: the clerk took the wrong line. */
function anotherNumber(random: Random, placed: Placed, person: Person, own: string): string {
  const others = placed.household.people.filter((other) => other !== person);
  if (others.length > 0 && random.chance(0.7)) return numberOf(placed, random.pick(others), 0);
  const other = nhsNumber(random.between(0, placed.firstNumber + 50));
  return other === own ? nhsNumber(placed.firstNumber + 51) : other;
}

/** A slip in the day or year that still gives a real date. */
function slippedDay(random: Random, born: string): string {
  const year = Number(born.slice(0, 4));
  const ways = [
    `${born.slice(0, 2)}${born[3]}${born[2]}${born.slice(4)}`,
    `${year - 1}${born.slice(4)}`,
    `${year + 10}${born.slice(4)}`,
    `${born.slice(0, 8)}${born[9]}${born[8]}`,
    `${born.slice(0, 8)}${String((Number(born.slice(8)) % 28) + 1).padStart(2, '0')}`,
    `${born.slice(0, 5)}${String((Number(born.slice(5, 7)) % 12) + 1).padStart(2, '0')}-${born.slice(8)}`,
  ];
  const start = random.between(0, ways.length - 1);
  const sound = ways
    .map((_, i) => ways[(start + i) % ways.length]!)
    .find((text) => text !== born && isDate(text) && (text < '2015' || Number(text.slice(0, 4)) <= year));
  return sound ?? born;
}

const isDate = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
};

function spelledOtherwise(random: Random, name: string): string {
  const others = otherSpellings(name);
  return others === undefined || others.length === 0 ? name : random.pick(others);
}

/** Stays within the area ZZ, so that no slip can make a real postcode. */
function slippedPostcode(random: Random, postcode: string): string {
  if (postcode === '') return postcode;
  const last = 'ABDEFGHJLNPQRSTUWXYZ';
  if (random.chance(0.4))
    return postcode.slice(0, -1) + last[(last.indexOf(postcode.at(-1)!) + random.between(1, 19)) % 20]!;
  if (random.chance(0.5)) return postcode.slice(0, -2) + postcode.at(-1)! + postcode.at(-2)!;
  return postcode.replace(' ', '');
}
