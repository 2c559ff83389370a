import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTexts, type NamedText } from './checker/index.ts';
import { modelOf } from './engine/index.ts';
import { leastOfAll } from './fixtures/every-roster.fixture.ts';
import { problemOf } from './fixtures/read-texts.fixture.ts';
import { tiny } from './fixtures/tiny-instances.fixture.ts';
import { solve, writeRoster, type Problem, type Progress, type Rule } from './index.ts';

const near = (one: number, other: number): boolean => Math.abs(one - other) < 1e-4;

/** Solves a tiny problem, and holds what comes back against every roster there is. */
async function compare(texts: readonly NamedText[]): Promise<void> {
  const problem = problemOf(texts);
  const least = leastOfAll(
    texts,
    problem.duties.map(({ id }) => id),
  );
  const found = await solve(problem, { seconds: 120 });
  if ('impossible' in found) {
    assert.equal(least, undefined, 'there is a legal roster, and none was found');
    return;
  }
  assert.equal(found.isLegal, least !== undefined);
  if (least === undefined) return;
  const text = writeRoster(problem, found.roster, [`score ${found.cost}`]);
  const { breaches, score } = checkTexts(texts, { name: 'solution.tsv', text });
  assert.deepEqual(breaches, []);
  assert.ok(near(found.cost, score.total), `engine ${found.cost}, checker ${score.total}`);
  assert.ok(near(score.total, least), `found ${score.total}, least of all ${least}`);
  assert.ok(found.isProven && found.bound <= least + 0.01, `bound ${found.bound}, least of all ${least}`);
}

const seeds = { curtois: [1, 2], inrc1: [1, 2], inrc2: [2, 3], openics: [2] };

for (const family of ['curtois', 'inrc1', 'inrc2', 'openics'] as const)
  test(`${family}: on tiny problems the engine proves what trying every roster finds, and the checker agrees`, async () => {
    for (const seed of seeds[family]) await compare(tiny[family](seed));
  });

const pattern = (choice: number): Rule => ({
  kind: 'pattern',
  id: `pattern-${choice}`,
  words: 'has no other duty the day after',
  steps: [[choice], [1]],
  weight: 1,
  starts: [0],
});

test('a person with very many rules gets a graph where only few states can be reached', () => {
  const problem = problemOf(tiny.openics(2));
  const [person] = problem.people;
  assert.ok(person !== undefined);
  person.rules = Array.from({ length: 60 }, (_, index) => pattern(1 + (index % 3)));
  const [model] = modelOf({ ...problem, people: [person] }).people;
  assert.deepEqual(model?.loose, []);
});

const third = (name: string, value: unknown): unknown =>
  typeof value === 'number' && /^(weight|minWeight|maxWeight)$/.test(name) ? value / 3 : value;

/** The same problem, in which everything costs a third. */
function inThirds(problem: Problem): Problem {
  const copy = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => copy(each, ''));
    if (typeof value !== 'object' || value === null) return third(name, value);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copy(each, key)]));
  };
  return copy(problem, '') as Problem;
}

test('where weights are thirds, the bound does not pass the best there is', async () => {
  const whole = problemOf(tiny.curtois(1));
  const bounds: number[] = [];
  const found = await solve(whole, { seconds: 60 });
  const tell = ({ bound }: Progress): void => void bounds.push(bound);
  const cheap = await solve(inThirds(whole), { seconds: 60, tell });
  assert.ok(!('impossible' in found) && !('impossible' in cheap));
  assert.ok(found.isProven && found.cost % 3 !== 0, `${found.cost} would hide it`);
  assert.ok(near(cheap.cost, found.cost / 3), `${cheap.cost} for ${found.cost}`);
  assert.ok(cheap.isProven);
  assert.ok(Math.max(...bounds) <= cheap.cost + 1e-6, `bound ${Math.max(...bounds)}, cost ${cheap.cost}`);
});
