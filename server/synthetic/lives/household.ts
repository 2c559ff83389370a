import { yearOf, type Day } from '../calendar.ts';
import { communities, type Community } from '../names/communities.ts';
import { homeAt } from '../place/land.ts';
import type { Lsoa } from '../place/types.ts';
import { Random, Weighted } from '../random.ts';
import type { World } from '../world.ts';
import { birthDay, membersOf, type Member } from './beginnings.ts';
import { chances, scenariosInThousand } from './chances.ts';
import { addPerson, marry, someHome, type Home, type Parents } from './home.ts';
import { applyScenario } from './scenarios.ts';
import { always, scenarios, type Household, type Person, type Scenario } from './types.ts';
import { liveOn } from './years.ts';

/** Everyone who ever lives in a household between the first day and the last, with all that happens to them. */
export function makeHousehold(world: World, index: number): Household {
  const random = new Random(world.seed, 0x40e5, index);
  const lsoa = lsoaOf(world, index);
  const scenario = scenarioOf(index);
  const community = communityOf(random, lsoa, scenario);
  const cameLately = scenario === 'without-number' || random.chance(chances.cameLately);
  const since = cameLately ? world.from + random.between(1, world.until - world.from - 1) : always;
  const household: Household = { index, community, people: [], numbers: 0, scenario };
  const slot = index - world.householdStart(lsoa);
  const home: Home = {
    world,
    random,
    household,
    lsoa,
    address: homeAt(lsoa, slot),
    since,
    couple: undefined,
  };
  const { members } = membersFor(random, community, scenario);
  settle(home, members);
  applyScenario(home);
  liveOn(home);
  return household;
}

function lsoaOf(world: World, index: number): Lsoa {
  const { lsoas } = world.land;
  return lsoas[Math.min(lsoas.length - 1, Math.floor((index * lsoas.length) / world.households))]!;
}

/** Spread evenly: of any 1,000 neighbouring households, as many of each kind as the table says. */
function scenarioOf(index: number): Scenario | undefined {
  let place = (index * 617 + 89) % 1000;
  for (const scenario of scenarios) {
    place -= scenariosInThousand[scenario];
    if (place < 0) return scenario;
  }
  return undefined;
}

const communityDraws = new WeakMap<object, Weighted<Community>>();
const fromAbroad: readonly Community[] = [
  'romanian',
  'arab',
  'afghan',
  'nigerian',
  'somali',
  'polish',
  'tamil',
  'chinese',
];

function communityOf(random: Random, lsoa: Lsoa, scenario: Scenario | undefined): Community {
  if (scenario === 'without-number') return random.pick(fromAbroad);
  let draw = communityDraws.get(lsoa);
  if (draw === undefined) {
    draw = new Weighted(communities, (community) => lsoa.shares.get(community)!);
    communityDraws.set(lsoa, draw);
  }
  return draw.draw(random);
}

/** Some stories need children, or none. */
function membersFor(
  random: Random,
  community: Community,
  scenario: Scenario | undefined,
): { members: Member[] } {
  const wanted: Partial<Record<Scenario, (members: Member[]) => boolean>> = {
    'like-twins': (members) => members.some(({ part, age }) => part === 'child' && age < 16),
    'same-name-father-and-son': (members) =>
      members[0]!.sex === 'M' && members.some(({ part, sex }) => part === 'child' && sex === 'M'),
    adoption: (members) => members.some(({ part, age }) => part === 'child' && age < 9),
    'gender-change': (members) => members.some(({ age }) => age >= 18 && age < 50),
    prison: (members) => members.some(({ sex, age }) => sex === 'M' && age >= 20 && age < 50),
    'no-fixed-abode': (members) => members.length === 1 && members[0]!.age < 60,
    restricted: (members) => members.length > 1 && members.some(({ part }) => part === 'child'),
  };
  const fits = scenario === undefined ? undefined : wanted[scenario];
  for (;;) {
    const answer = membersOf(random, community);
    if (fits === undefined || fits(answer.members)) return answer;
  }
}

/** Moves the first members in, with names that fit together. */
function settle(home: Home, members: Member[]): void {
  const { random, world, since } = home;
  const adults: Person[] = [];
  for (const member of members.filter(({ part }) => part !== 'child')) {
    const born = birthDay(random, member.age, since === always ? world.from : since);
    const person = addPerson(home, { sex: member.sex, born, from: since });
    adults.push(person);
  }
  const [first, second] = adults;
  if (first !== undefined && second !== undefined && members[1]!.part === 'partner') {
    home.couple = { first, second };
    const isMarried = random.chance(yearOf(world.from) - yearOf(second.born) > 45 ? 0.92 : 0.6);
    if (isMarried) marry(home, weddingDay(home, second), second, first);
  }
  const grandparent = members.findIndex(({ part }) => part === 'parent');
  if (grandparent > 0 && first !== undefined) shareFamily(adults.at(-1)!, first);
  for (const member of members.filter(({ part }) => part === 'child')) {
    const born = birthDay(random, member.age, since === always ? world.from : since);
    addPerson(home, { sex: member.sex, born, from: since, parents: parentsOf(home, adults) });
  }
  if (since === always && random.chance(chances.movedBefore)) hadOtherHome(home);
}

function weddingDay(home: Home, wife: Person): Day {
  const latest = (home.since === always ? home.world.from : home.since) - 1;
  const wanted = wife.born + home.random.between(21 * 365, 34 * 365);
  return Math.min(wanted, latest);
}

function shareFamily(parent: Person, child: Person): void {
  if (parent.sexes[0]!.sex === 'M') parent.names[0]!.name.family = child.names[0]!.name.family;
}

/** They lived elsewhere in the area before the years told: old addresses that partners may still hold. */
function hadOtherHome(home: Home): void {
  const moved = home.world.from - home.random.between(30, 2500);
  const before = someHome(home);
  for (const person of home.household.people) {
    if (person.born >= moved) continue;
    person.stays = [
      { from: person.hereFrom, address: before },
      { from: moved, address: home.address },
    ];
  }
}

function parentsOf(home: Home, adults: Person[]): Parents {
  const both = home.couple === undefined ? adults.slice(0, 1) : [home.couple.first, home.couple.second];
  return {
    mother: both.find((person) => person.sexes[0]!.sex === 'F'),
    father: both.find((person) => person.sexes[0]!.sex === 'M'),
  };
}
