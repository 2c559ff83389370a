import { nameOf } from '../names/naming.ts';
import { yearOf, yearsOn, type Day } from '../calendar.ts';
import { noFixedAbode } from '../place/land.ts';
import { addTwin, nameOn, someHome, type Home } from './home.ts';
import { always, never, type Person } from './types.ts';

/** Turns a household into one of the special kinds. */
export function applyScenario(home: Home): void {
  const { people, scenario } = home.household;
  const { world, random } = home;
  const start = home.since === always ? world.from : home.since;
  const someDay = (share = 1): Day =>
    Math.min(
      world.until - 10,
      start + random.between(30, Math.max(31, Math.floor((world.until - start) * share))),
    );
  const ageAt = (person: Person): number => yearsOn(world.from, person.born);
  switch (scenario) {
    case undefined:
      return;
    case 'like-twins': {
      const child = people.find((person) => person.mother !== undefined || ageAt(person) < 16);
      if (child !== undefined) addTwin(home, child);
      return;
    }
    case 'same-name-father-and-son': {
      const father = people[0]!;
      const son = people.find(
        (person) => person !== father && person.sexes[0]!.sex === 'M' && ageAt(person) < 40,
      );
      if (son === undefined || ageAt(son) > ageAt(father) - 15) return;
      const { given } = father.names[0]!.name;
      son.names[0]!.name = { ...son.names[0]!.name, given, family: father.names[0]!.name.family };
      return;
    }
    case 'adoption':
      return adopt(
        home,
        people.find((person) => ageAt(person) < 9),
        someDay(),
      );
    case 'gender-change':
      return changeGender(
        home,
        people.find((person) => ageAt(person) >= 17),
        someDay(),
      );
    case 'prison': {
      const man = people.find((person) => person.sexes[0]!.sex === 'M' && ageAt(person) >= 18);
      const from = someDay(0.7);
      if (man === undefined) return;
      man.stays.push({ from, address: world.prison.address });
      const released = from + random.between(60, 900);
      if (released < world.until) man.stays.push({ from: released, address: someHome(home) });
      return;
    }
    case 'no-fixed-abode':
      people[0]!.stays.push({ from: someDay(0.5), address: noFixedAbode });
      return;
    case 'restricted': {
      const from = someDay(0.6);
      const address = someHome(home);
      const stayBehind = home.couple?.first;
      for (const person of people) {
        if (person === stayBehind) continue;
        person.restrictedFrom = from;
        person.stays.push({ from, address });
      }
      home.couple = undefined;
      return;
    }
    case 'without-number':
      for (const person of people)
        person.numberFrom = random.chance(0.3) ? never : start + random.between(20, 400);
      return;
  }
}

/** A child comes from elsewhere in the area under another name and number. Who knew both must not tell. */
function adopt(home: Home, child: Person | undefined, on: Day): void {
  if (child === undefined) return;
  const { random, household } = home;
  const { sex } = child.sexes[0]!;
  const adopted = child.names[0]!.name;
  const born = nameOf(random, { community: household.community, sex, year: yearOf(child.born) });
  const given = random.chance(0.6) ? born.given : adopted.given;
  child.names = [
    { from: always, name: born },
    { from: on, name: { ...adopted, given } },
  ];
  child.stays = [
    { from: child.hereFrom, address: someHome(home) },
    { from: on, address: home.address },
  ];
  child.mother = undefined;
  child.identities.push({ from: on, slot: household.numbers++ });
}

function changeGender(home: Home, person: Person | undefined, on: Day): void {
  if (person === undefined) return;
  const { random, household } = home;
  const sex = person.sexes[0]!.sex === 'F' ? 'M' : 'F';
  const before = nameOn(person, on);
  const after = nameOf(random, { community: household.community, sex, year: yearOf(person.born) });
  person.sexes.push({ from: on, sex });
  person.names = person.names.filter(({ from }) => from < on);
  person.names.push({ from: on, name: { ...after, family: before.family } });
  person.identities.push({ from: on, slot: household.numbers++ });
}
