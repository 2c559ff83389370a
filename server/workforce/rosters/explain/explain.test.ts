import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceOf, softRules, solve, type Problem, type Roster } from '../index.ts';
import { smallWard } from '../small.fixture.ts';
import { checkEdit, clash, explain, type Clash } from './index.ts';

async function rosterOf(problem: Problem): Promise<Roster> {
  const found = await solve(problem, { seconds: 20, turns: 5 });
  assert.ok(!('impossible' in found) && found.isLegal);
  return found.roster;
}

test('an edit that breaks a rule is refused by its name', async () => {
  const problem = smallWard(6, 1);
  const roster = await rosterOf(problem);
  roster[0]?.fill(0);
  roster[0]?.set([2, 0, 0, 1, 1], 0);
  const verdict = checkEdit(problem, roster, { person: 0, day: 1, choice: 1 });
  assert.equal(verdict.isLegal, false);
  assert.ok(verdict.grounds.some(({ id, cost }) => id === 'after-night' && cost === Infinity));
});

test('a request that is broken costs its weight', async () => {
  const problem = smallWard(6, 1);
  const roster = problem.people.map(() => Uint8Array.of(0, 1, 1, 0, 1, 0, 0));
  const { grounds } = checkEdit(problem, roster, { person: 0, day: 0, choice: 1 });
  assert.ok(grounds.some(({ id, cost }) => id === 'request-off' && cost === 5));
});

test('why not is answered in words, with a cheaper way', async () => {
  const problem = smallWard(6, 1);
  const roster = await rosterOf(problem);
  const began = process.cpuUsage();
  const { text } = explain(problem, roster, { person: 0, day: 0, choice: 2 });
  assert.match(text, /N1 (may not have|may have|has) N on day 0/);
  assert.ok(process.cpuUsage(began).user < 100_000);
});

test('a smallest set of clashing rules is found', async () => {
  const problem = smallWard(6, 2);
  const found = await clash(problem);
  assert.ok(found !== undefined);
  const { clauses, isSmallest } = found;
  assert.ok(isSmallest);
  assert.ok(clauses.some(({ kind }) => kind === 'cover'));
  assert.ok(clauses.some(({ id }) => id === 'shifts'));
  assert.ok(!clauses.some(({ id }) => id === 'request-off'));
});

test('one person whose own rules clash is named with those rules alone', async () => {
  const problem = smallWard(6, 1);
  const [first] = problem.people;
  assert.ok(first !== undefined);
  for (let day = 0; day < 5; day++)
    first.wishes.push({ day, choices: [1, 2], weight: Infinity, id: 'leave', words: 'is on leave' });
  const found = await clash(problem);
  assert.deepEqual(namesIn(found), ['N1 leave', 'N1 shifts']);
});

const namesIn = (found: Clash | undefined): string[] | undefined =>
  found?.clauses.map(({ id, person = '' }) => `${person} ${id}`).toSorted();

/** Half a year of the small ward, each person with three to four shifts a week on the whole. */
function halfAYear(wanted: number): Problem {
  const problem = smallWard(6, wanted, 182);
  for (const { rules } of problem.people)
    for (const rule of rules) if (rule.kind === 'count') Object.assign(rule, { min: 3 * 26, max: 4 * 26 });
  return problem;
}

test('rules of half a year that can hold together have no clash', async () => {
  assert.equal(await clash(halfAYear(1)), undefined);
});

test('somebody who cannot reach the shifts of half a year beside leave is named, with what clashes', async () => {
  const problem = halfAYear(1);
  for (let day = 0; day < 100; day++)
    problem.people[3]?.wishes.push({
      day,
      choices: [1, 2],
      weight: Infinity,
      id: 'leave',
      words: 'is on leave',
    });
  assert.deepEqual(namesIn(await clash(problem)), ['N4 in-a-row', 'N4 leave', 'N4 shifts']);
});

test('of half a year that nobody can cover, only what clashes is named', async () => {
  const problem = halfAYear(1);
  for (const row of problem.cover) if (row.id.startsWith('100/')) row.wanted = 4;
  const found = await clash(problem);
  assert.deepEqual(namesIn(found), [' 100/1', ' 100/2']);
  assert.equal(found?.clauses[0]?.words, 'E on day 100: 4 wanted');
  assert.ok(found?.isSmallest);
});

test('where time is over nothing is called a clash, or the smallest', async () => {
  assert.equal(await clash(smallWard(6, 2), Date.now() - 1), undefined);
});

test('rules that can hold together have no clash', async () => {
  assert.equal(await clash(smallWard(6, 1)), undefined);
});

test('a rule that stands in the way has a price, and one that does not has none', async () => {
  const problem = smallWard(8, 1);
  for (const { rules } of problem.people)
    rules.push({
      kind: 'count',
      id: 'fair-nights',
      words: 'works at most 2 nights',
      amounts: [0, 0, 1],
      from: 0,
      to: 6,
      start: 0,
      min: 0,
      max: 2,
      minWeight: 0,
      maxWeight: 3,
    });
  const found = await priceOf(problem, ['fair-nights'], { seconds: 10, turns: 5 });
  assert.ok(found !== undefined && found.price >= -1e-6);
  assert.deepEqual(
    softRules(problem).map(({ id, people }) => `${id} ${people}`),
    ['fair-nights 8', 'request-off 8'],
  );
});

test('the price of requests is what covering them costs, and what must hold still holds without them', async () => {
  const problem = smallWard(6, 1);
  for (const [place, { wishes }] of problem.people.entries())
    if (place < 5)
      wishes.push({ day: 0, choices: [1], weight: 7, id: 'no-early', words: 'asks for no early' });
  problem.people[5]?.wishes.push({
    day: 0,
    choices: [1],
    weight: Infinity,
    id: 'no-early',
    words: 'is away',
  });
  const found = await priceOf(problem, ['no-early'], { seconds: 10, turns: 5 });
  assert.deepEqual([found?.paid, found?.isProven], [7, true]);
  assert.ok(found !== undefined && found.with >= found.without);
});

test('where cover must be met exactly, the way to a duty is an exchange', () => {
  const problem = smallWard(6, 1);
  for (const row of problem.cover) row.over = [{ count: Infinity, weight: Infinity }];
  const roster = [
    [1, 1, 1, 0, 0, 0, 0],
    [0, 0, 0, 1, 1, 1, 0],
    [0, 0, 0, 0, 0, 0, 1],
    [2, 2, 2, 0, 0, 0, 0],
    [0, 0, 0, 2, 2, 2, 0],
    [0, 0, 0, 0, 0, 0, 2],
  ].map((days) => Uint8Array.from(days));
  for (const { rules } of problem.people) Object.assign(rules[0] as object, { min: 0 });
  const { verdict, alternative, text } = explain(problem, roster, { person: 1, day: 0, choice: 1 });
  assert.equal(verdict.isLegal, false);
  assert.equal(alternative?.person, 0);
  assert.equal(alternative?.isExchange, true);
  assert.match(text, /The cheapest way: exchange that day with N1/);
});
