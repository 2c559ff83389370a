import { yearOf, type Day } from '../calendar.ts';
import { ethnicCode, type Sex } from '../names/communities.ts';
import { likeName, marriedFamily, nameOf, type Name } from '../names/naming.ts';
import { homeAt } from '../place/land.ts';
import type { Address, Lsoa } from '../place/types.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { chances } from './chances.ts';
import { always, never, type Household, type Person } from './types.ts';

/** The parts of a home that its story needs. */
export type Home = {
  world: World;
  random: Random;
  household: Household;
  lsoa: Lsoa;
  address: Address;
  /** When the household's story here begins. */
  since: Day;
  couple: { first: Person; second: Person } | undefined;
};

export type Parents = { mother: Person | undefined; father: Person | undefined };

type Newcomer = {
  sex: Sex;
  born: Day;
  from: Day;
  parents?: Parents;
  name?: Name;
  twin?: Person;
};

/** Adds someone to the household who lives there from a day on. */
export function addPerson(home: Home, newcomer: Newcomer): Person {
  const { random, household, address } = home;
  const { community } = household;
  const { sex, born, from, parents, twin } = newcomer;
  const birth = {
    community,
    sex,
    year: yearOf(born),
    avoid: household.people.map(({ names }) => names[0]!.name.given),
  };
  const name = newcomer.name ?? nameOf(random, birth, namesOn(parents, born));
  const slot = household.numbers++;
  const person: Person = {
    slot,
    community,
    ethnicCode: parents?.mother?.ethnicCode ?? parents?.father?.ethnicCode ?? ethnicCode(random, community),
    born,
    died: undefined,
    hereFrom: Math.max(from, born),
    hereTo: never,
    sexes: [{ from: always, sex }],
    names: [{ from: always, name }],
    stays: [{ from: Math.max(from, born), address }],
    identities: [{ from: always, slot }],
    numberFrom: always,
    restrictedFrom: never,
    need: needOf(random),
    hasPhone: random.chance(chances.hasPhone),
    hasEmail: random.chance(chances.hasEmail),
    isMarried: false,
    mother: parents?.mother,
    twin,
  };
  household.people.push(person);
  return person;
}

const namesOn = (parents: Parents | undefined, day: Day): { father?: Name; mother?: Name } => ({
  ...(parents?.father === undefined ? {} : { father: nameOn(parents.father, day) }),
  ...(parents?.mother === undefined ? {} : { mother: nameOn(parents.mother, day) }),
});

export const nameOn = (person: Person, day: Day): Name =>
  (person.names.findLast(({ from }) => from <= day) ?? person.names[0]!).name;

/** A log-normal spread whose mean is 1. */
const needOf = (random: Random): number => Math.exp(0.7 * random.normal() - 0.245);

/** A child with a name like another's, born on the same day. */
export function addTwin(home: Home, first: Person): Person {
  const sex = home.random.chance(0.65) ? first.sexes[0]!.sex : first.sexes[0]!.sex === 'F' ? 'M' : 'F';
  const birth = { community: first.community, sex, year: yearOf(first.born) };
  const name = { ...first.names[0]!.name, given: likeName(home.random, birth, first.names[0]!.name) };
  const twin = addPerson(home, {
    sex,
    born: first.born,
    from: first.hereFrom,
    name,
    twin: first,
    parents: { mother: first.mother, father: undefined },
  });
  first.twin = twin;
  return twin;
}

export function marry(home: Home, day: Day, wife: Person, husband: Person): void {
  const isUsual = wife.sexes[0]!.sex === 'F' && husband.sexes[0]!.sex === 'M';
  wife.isMarried = true;
  husband.isMarried = true;
  if (!isUsual) return;
  const before = nameOn(wife, day);
  const family = marriedFamily(home.random, home.household.community, before, nameOn(husband, day));
  if (family !== before.family) wife.names.push({ from: day, name: { ...before, family } });
}

/** Some other home in the area: more often near, in an area of like deprivation. */
export function someHome(home: Home): Address {
  const { random, world, lsoa } = home;
  const { lsoas } = world.land;
  let chosen = lsoa;
  for (let tries = 0; tries < 8; tries++) {
    const isNear = random.chance(0.6);
    const reach = Math.max(2, Math.floor(lsoas.length / 40));
    const at = isNear ? lsoa.index + random.between(-reach, reach) : random.between(0, lsoas.length - 1);
    const other = lsoas[at];
    if (other === undefined) continue;
    chosen = other;
    if (Math.abs(other.imdDecile - lsoa.imdDecile) <= 3) break;
  }
  return homeAt(chosen, random.between(chosen.homes, chosen.slots - 2));
}
