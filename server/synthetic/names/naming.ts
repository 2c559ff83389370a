import type { Random } from '../random.ts';
import {
  familyName,
  givenName,
  westernName,
  womenLastName,
  type Community,
  type Sex,
} from './communities.ts';

/** A name at one time. `middle` and `known` may be empty. */
export type Name = {
  family: string;
  given: string;
  middle: string;
  /** What the person is called by, where that is not the given name. */
  known: string;
};

type Parents = { father?: Name | undefined; mother?: Name | undefined };
type Birth = { community: Community; sex: Sex; year: number; avoid?: readonly string[] };

/** Names someone as their community does. Without parents, as an adult who comes from elsewhere. */
export function nameOf(random: Random, birth: Birth, parents: Parents = {}): Name {
  const { community, sex, year } = birth;
  let given = givenName(random, community, sex, year);
  for (let tries = 0; birth.avoid?.includes(given) === true && tries < 20; tries++)
    given = givenName(random, community, sex, year);
  const middle = middleName(random, birth, given, parents);
  const family = familyOf(random, birth, given, parents);
  const known = community === 'chinese' && random.chance(0.45) ? westernName(random) : '';
  return { family, given, middle, known };
}

function middleName(random: Random, birth: Birth, given: string, { father }: Parents): string {
  const { community, sex, year } = birth;
  const fathers = father?.given ?? givenName(random, community, 'M', year - 30);
  switch (community) {
    case 'somali':
      return fathers;
    case 'gujarati':
      return random.chance(0.7) ? fathers : '';
    case 'arab':
      return random.chance(0.6) ? fathers : '';
    case 'punjabi':
      return sex === 'M' ? 'Singh' : 'Kaur';
    case 'pakistani':
    case 'bangladeshi':
    case 'chinese':
    case 'afghan':
    case 'tamil':
      return '';
    default: {
      const other = givenName(random, community, sex, year - 15);
      return other !== given && random.chance(0.72) ? other : '';
    }
  }
}

function familyOf(random: Random, birth: Birth, given: string, parents: Parents): string {
  const { community, sex } = birth;
  const { father, mother } = parents;
  const inherited = father?.family ?? mother?.family;
  switch (community) {
    case 'polish':
      return inSex(inherited ?? familyName(random, community), sex);
    case 'pakistani':
    case 'bangladeshi':
      if (sex === 'F' && random.chance(0.45)) return womenLastName(random, community)!;
      return inherited ?? familyName(random, community);
    case 'punjabi':
      if (random.chance(inherited === undefined ? 0.3 : 0.15)) return sex === 'M' ? 'Singh' : 'Kaur';
      return inherited === undefined || isShared(inherited) ? familyName(random, community) : inherited;
    case 'somali':
      return father?.middle ?? mother?.family ?? familyName(random, community);
    case 'tamil':
      return father?.given ?? inherited ?? familyName(random, community);
    case 'afghan':
      // Many have one name only; clerks repeat it, or write a mark in its place.
      if (random.chance(0.25)) return given;
      return inherited ?? familyName(random, community);
    case 'portuguese':
      return portugueseFamily(random, parents);
    case 'british':
      if (
        father !== undefined &&
        mother !== undefined &&
        father.family !== mother.family &&
        random.chance(0.12)
      )
        return `${lastPart(mother.family)}-${lastPart(father.family)}`;
      return inherited ?? familyName(random, community);
    default:
      return inherited ?? familyName(random, community);
  }
}

function portugueseFamily(random: Random, { father, mother }: Parents): string {
  const fathers = father === undefined ? familyName(random, 'portuguese') : lastPart(father.family);
  const mothers = mother === undefined ? familyName(random, 'portuguese') : lastPart(mother.family);
  return fathers === mothers ? fathers : `${mothers} ${fathers}`;
}

const isShared = (family: string): boolean => family === 'Singh' || family === 'Kaur';
const lastPart = (family: string): string => family.split(/[ -]/).at(-1)!;

/** Polish family names in -ski and -cki end in -a for women. */
function inSex(family: string, sex: Sex): string {
  if (sex === 'F') return family.replace(/([sc]k)i$/, '$1a');
  return family.replace(/([sc]k)a$/, '$1i');
}

/** What the wife is called after a wedding; the same family name when she keeps hers. */
export function marriedFamily(random: Random, community: Community, wife: Name, husband: Name): string {
  switch (community) {
    case 'polish':
      return inSex(husband.family, 'F');
    case 'british':
    case 'irish':
    case 'caribbean': {
      const way = random.unit();
      if (way < 0.8) return lastPart(husband.family);
      return way < 0.9 ? `${lastPart(wife.family)}-${lastPart(husband.family)}` : wife.family;
    }
    case 'nigerian':
    case 'ghanaian':
    case 'romanian':
    case 'turkish':
    case 'gujarati':
      return random.chance(0.85) ? husband.family : wife.family;
    case 'tamil':
      return husband.given;
    default:
      return wife.family;
  }
}

/** A given name so like a twin's that people mix them up: Amy and Amelia, Jack and Jake. */
export function likeName(random: Random, birth: Birth, twin: Name): string {
  const likeness = (name: string): number =>
    name[0] === twin.given[0] ? (name[1] === twin.given[1] ? 2 : 1) : 0;
  let best = '';
  for (let tries = 0; tries < 60 || best === ''; tries++) {
    const name = givenName(random, birth.community, birth.sex, birth.year);
    if (name === twin.given) continue;
    if (best === '' || likeness(name) > likeness(best)) best = name;
    if (likeness(best) === 2) break;
  }
  return best;
}
