import { daysAYear, yearsOn, type Day } from '../calendar.ts';
import type { Sex } from '../names/communities.ts';
import { birthChance, careHomeChance, chances, deathChance, moveChance } from './chances.ts';
import { addPerson, addTwin, marry, nameOn, someHome, type Home } from './home.ts';
import { always, never, type Person } from './types.ts';

/** Lets the years go by: moves, weddings, births, partings, deaths. Each year is drawn with its day. */
export function liveOn(home: Home): void {
  const { world, since } = home;
  const start = since === always ? world.from : since;
  for (let year = start; year < world.until; year += daysAYear) {
    const length = Math.min(daysAYear, world.until - year);
    const share = length / daysAYear;
    const some = (): Day => Math.floor(year + home.random.unit() * length);
    for (const person of home.household.people) if (isHere(person, year)) mayDie(home, person, some(), share);
    coupleYear(home, some, share);
    singleYear(home, some, share);
    for (const person of home.household.people)
      if (isHere(person, year)) ownYear(home, person, some(), share);
    householdMoves(home, some(), share);
  }
}

const isHere = (person: Person, day: Day): boolean =>
  person.died === undefined && person.hereTo === never && person.born <= day + 366;

const isHome = (home: Home, person: Person): boolean =>
  isHere(person, home.world.until) && person.stays.at(-1)!.address === home.address;

const sexOf = (person: Person): Sex => person.sexes[0]!.sex;

function mayDie(home: Home, person: Person, day: Day, share: number): void {
  const { random, lsoa } = home;
  if (day <= person.hereFrom || day <= lastChange(person)) return;
  const chance = deathChance(Math.max(0, yearsOn(day, person.born)), sexOf(person), lsoa.imdDecile);
  if (!random.chance(chance * share * Math.min(1.6, Math.max(0.6, person.need)))) return;
  person.died = day;
  person.hereTo = day + 1;
  if (home.couple?.first === person || home.couple?.second === person) home.couple = undefined;
}

const lastChange = (person: Person): Day =>
  Math.max(person.names.at(-1)!.from, person.stays.at(-1)!.from, person.identities.at(-1)!.from);

function coupleYear(home: Home, some: () => Day, share: number): void {
  const { couple, random, household } = home;
  if (couple === undefined) return;
  const { first, second } = couple;
  const day = some();
  if (day <= Math.max(first.hereFrom, second.hereFrom, lastChange(first), lastChange(second))) return;
  const age = yearsOn(day, second.born);
  if (!second.isMarried && random.chance(chances.wedding * share)) marry(home, day, second, first);
  else if (age < 65 && random.chance(chances.separation * share)) return part(home, day);
  if (sexOf(first) !== 'M' || sexOf(second) !== 'F') return;
  const children = household.people.filter((person) => person.mother === second).length;
  if (!random.chance(birthChance(age, children) * share)) return;
  const born = some();
  if (born <= second.hereFrom || born >= home.world.until) return;
  const sex = random.chance(0.512) ? 'M' : 'F';
  const child = addPerson(home, { sex, born, from: born, parents: { mother: second, father: first } });
  const mothers = second.stays.at(-1)!.address;
  child.stays = [{ from: born, address: mothers }];
  if (random.chance(chances.twins)) addTwin(home, child).stays = [{ from: born, address: mothers }];
}

function part(home: Home, day: Day): void {
  const { couple, random, household } = home;
  const { first, second } = couple!;
  const leaver = random.chance(0.6) ? first : second;
  const address = someHome(home);
  leaver.stays.push({ from: day, address });
  const goesAlong =
    leaver === second
      ? household.people.filter((person) => person.mother === second && isHome(home, person))
      : [];
  for (const child of goesAlong)
    if (yearsOn(day, child.born) < 18 && child.born < day && child.restrictedFrom === never)
      child.stays.push({ from: day, address });
  const maiden = second.names.length > 1 ? second.names[0]!.name.family : undefined;
  if (maiden !== undefined && second.identities.length === 1 && random.chance(chances.backToMaidenName))
    second.names.push({
      from: day + random.between(10, 300),
      name: { ...nameOn(second, day), family: maiden },
    });
  home.couple = undefined;
}

/** Someone who lives alone finds a partner, who moves in from elsewhere. */
function singleYear(home: Home, some: () => Day, share: number): void {
  const { couple, random, household, lsoa } = home;
  const [head] = household.people;
  if (couple !== undefined || head === undefined || !isHome(home, head)) return;
  const day = some();
  const age = yearsOn(day, head.born);
  if (age < 22 || age > 60 || day <= head.hereFrom || !random.chance(chances.newPartner * share)) return;
  if (head.stays.at(-1)!.address.lsoa !== lsoa && household.scenario !== undefined) return;
  const sex = sexOf(head) === 'F' ? 'M' : 'F';
  const born = Math.min(head.born + random.between(-1500, 1500), day - 20 * 365);
  const partner = addPerson(home, { sex, born, from: day });
  home.couple = sex === 'F' ? { first: head, second: partner } : { first: partner, second: head };
}

function ownYear(home: Home, person: Person, day: Day, share: number): void {
  const { random, household, world } = home;
  if (!isHome(home, person) || day <= lastChange(person) || day <= person.hereFrom) return;
  const age = yearsOn(day, person.born);
  const isGrownChild = person.mother !== undefined && age >= 18 && age < 32;
  if (isGrownChild && random.chance(chances.leavesHome * share)) {
    if (random.chance(chances.leavesHomeFar)) person.hereTo = day;
    else person.stays.push({ from: day, address: someHome(home) });
    return;
  }
  const isAlone =
    home.couple === undefined && household.people.filter((other) => isHome(home, other)).length === 1;
  if (
    age > 65 &&
    world.careHomes.length > 0 &&
    random.chance(careHomeChance(age) * share * (isAlone ? 1.3 : 0.4))
  )
    person.stays.push({ from: day, address: random.pick(world.careHomes).address });
}

function householdMoves(home: Home, day: Day, share: number): void {
  const { random, household, world } = home;
  const together = household.people.filter(
    (person) => isHome(home, person) && person.hereFrom < day && lastChange(person) < day,
  );
  const [head] = together;
  if (head === undefined || household.scenario === 'restricted') return;
  if (!random.chance(moveChance(yearsOn(day, head.born)) * share)) return;
  const all = household.people.filter((person) => isHome(home, person));
  if (all.length !== together.length) return;
  if (random.chance(chances.leavesArea)) {
    for (const person of together) person.hereTo = day;
    home.couple = undefined;
    return;
  }
  home.address = someHome(home);
  home.lsoa = home.address.lsoa ?? home.lsoa;
  for (const person of together) person.stays.push({ from: day, address: home.address });
  void world;
}
