import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf } from '../calendar.ts';
import { communities, communityShares, nameCounts } from '../names/communities.ts';
import { makeWorld } from '../world.ts';
import { makeHousehold } from './household.ts';
import { particularsOn } from './particulars.ts';
import { scenarios, type Household, type Person } from './types.ts';

const world = makeWorld({ people: 20_000, seed: 11, until: dayOf('2026-03-31')! });
const households = Array.from({ length: world.households }, (_, index) => makeHousehold(world, index));
const people = households.flatMap((household) => household.people);
const those = (scenario: string): Household[] =>
  households.filter((household) => household.scenario === scenario);

test('a household is the same whenever it is made', () => {
  assert.deepEqual(makeHousehold(world, 321), households[321]);
});

test('about as many people live there as were asked for', () => {
  const alive = people.filter(
    ({ born, died, hereTo }) => born <= world.until && hereTo > world.until && died === undefined,
  );
  assert.ok(Math.abs(alive.length / 20_000 - 1) < 0.03, `${alive.length} live there`);
});

test('nobody does anything before birth or after death', () => {
  for (const person of people) {
    const end = person.died ?? Number.POSITIVE_INFINITY;
    assert.ok(person.born < world.until && person.hereFrom >= person.born && end >= person.born);
    for (const stay of person.stays) assert.ok(stay.from <= end && stay.from >= person.born);
    for (let i = 1; i < person.stays.length; i++)
      assert.ok(person.stays[i]!.from >= person.stays[i - 1]!.from);
    for (let i = 1; i < person.names.length; i++)
      assert.ok(person.names[i]!.from >= person.names[i - 1]!.from);
  }
});

test('mothers are old enough and alive when they give birth', () => {
  for (const { born, mother } of people)
    if (mother !== undefined) assert.ok(born - mother.born > 13 * 365 && (mother.died ?? born) >= born);
});

test('every special kind of household is there', () => {
  for (const scenario of scenarios) assert.ok(those(scenario).length > 3, scenario);
});

test('twins with like names share a birthday and a letter', () => {
  const twins = people.filter(({ twin }) => twin !== undefined);
  assert.ok(twins.length > 30);
  for (const person of twins) {
    assert.equal(person.born, person.twin!.born);
    assert.notEqual(person.names[0]!.name.given, person.twin!.names[0]!.name.given);
  }
  const alike = twins.filter(
    (person) => person.names[0]!.name.given[0] === person.twin!.names[0]!.name.given[0],
  );
  assert.ok(alike.length / twins.length > 0.8);
});

/** Everyone with a second number, and what is said of them before and after. */
function changed(scenario: string): { before: string[]; after: string[] }[] {
  return those(scenario).flatMap((household) => {
    const person = household.people.find(({ identities }) => identities.length > 1);
    if (person === undefined) return [];
    const told = (day: number): string[] => {
      const said = particularsOn({ household, firstNumber: 500 }, person, day);
      return [said.nhsNumber, said.family, said.given, said.sex, said.address.line];
    };
    const { from } = person.identities[1]!;
    return [{ before: told(from - 1), after: told(from) }];
  });
}

test('adoption gives a new number, name and home; a change of gender a new number, name and sex', () => {
  const adoptions = changed('adoption');
  assert.ok(adoptions.length > 3);
  for (const { before, after } of adoptions) {
    assert.notEqual(before[0], after[0]);
    assert.notEqual(`${before[1]} ${before[2]}`, `${after[1]} ${after[2]}`);
    assert.notEqual(before[4], after[4]);
  }
  const changes = changed('gender-change');
  assert.ok(changes.length > 3);
  for (const { before, after } of changes) {
    assert.notEqual(before[0], after[0]);
    assert.notEqual(before[3], after[3]);
    assert.equal(before[1], after[1]);
  }
});

test('after a sealed change nothing told of a person leads back', () => {
  for (const scenario of ['adoption', 'gender-change'])
    for (const household of those(scenario))
      for (const person of household.people.filter(({ identities }) => identities.length > 1)) {
        const said = particularsOn({ household, firstNumber: 0 }, person, person.identities[1]!.from);
        assert.equal(said.formerFamily, '');
      }
});

const addressKinds = (person: Person): string[] => person.stays.map(({ address }) => address.kind);

test('some live in care homes, in prison or nowhere, some have no number, some protect their address', () => {
  for (const kind of ['care-home', 'prison', 'none'])
    assert.ok(people.filter((person) => addressKinds(person).includes(kind)).length > 5, kind);
  assert.ok(people.filter(({ numberFrom }) => numberFrom > world.from).length > 50);
  assert.ok(people.filter(({ restrictedFrom }) => restrictedFrom < world.until).length > 30);
});

test('fathers and sons share whole names', () => {
  const pairs = those('same-name-father-and-son').filter(({ people: [father, ...others] }) =>
    others.some(({ names }) => names[0]!.name.given === father!.names[0]!.name.given),
  );
  assert.ok(pairs.length > 20);
});

test('people marry and change their names, and some go back', () => {
  const changes = people.filter(({ names }) => names.length > 1);
  assert.ok(changes.length > 1000);
  assert.ok(
    people.some(({ names }) => names.length > 2 && names[0]!.name.family === names.at(-1)!.name.family),
  );
  assert.ok(people.some(({ names }) => names.at(-1)!.name.family.includes('-')));
});

test('names are many, and communities as large as the table says', () => {
  const counts = nameCounts();
  assert.ok(counts.given > 1000 && counts.family > 900, JSON.stringify(counts));
  const all = communities.reduce((sum, community) => sum + communityShares[community], 0);
  for (const community of communities) {
    const share =
      households.filter((household) => household.community === community).length / households.length;
    assert.ok(Math.abs(share - communityShares[community] / all) < 0.025, `${community} ${share}`);
  }
});
