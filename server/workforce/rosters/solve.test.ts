import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../test/support/shared-data.ts';
import { checkSolution, readProblem, solve, writeRoster, type Problem, type Solution } from './index.ts';

const { path: folder, skip } = sharedData('rostering');

async function solved(problem: Problem, seconds: number): Promise<Solution> {
  const found = await solve(problem, { seconds, threads: 1, turns: 12 });
  assert.ok(!('impossible' in found));
  return found;
}

function checked(file: string, problem: Problem, found: Solution): number {
  const place = mkdtempSync(path.join(tmpdir(), 'openics-roster-'));
  try {
    const solution = path.join(place, 'solution.tsv');
    writeFileSync(solution, writeRoster(problem, found.roster, [`score ${found.cost}`]));
    const verdict = checkSolution(file, solution);
    assert.deepEqual(verdict.breaches, []);
    return verdict.score.total;
  } finally {
    rmSync(place, { recursive: true });
  }
}

for (const [name, best, within] of [
  ['curtois/Instance1', 607, 0.01],
  ['curtois/Instance3', 1001, 0],
  ['curtois/Instance5', 1143, 1],
  ['inrc1/sprint01', 56, 10],
] as const) {
  test(`${name}: bound at most the best known, a legal roster, the checker's score`, { skip }, async () => {
    const file = path.join(folder, `${name}.txt`);
    const problem = readProblem(file);
    const found = await solved(problem, 12);
    assert.ok(found.isLegal);
    assert.ok(found.bound <= best, `bound ${found.bound}`);
    assert.ok(found.cost >= best && found.cost <= best * (1 + within), `cost ${found.cost}`);
    assert.equal(checked(file, problem, found), found.cost);
  });
}

test('the same seed and one thread give the same roster', { skip }, async () => {
  const problem = readProblem(path.join(folder, 'curtois/Instance3.txt'));
  const [first, second] = [await solved(problem, 60), await solved(problem, 60)];
  assert.deepEqual(first.roster, second.roster);
});

test('it stops when told to, with the best so far', { skip }, async () => {
  const problem = readProblem(path.join(folder, 'curtois/Instance7.txt'));
  const stopper = new AbortController();
  const found = await solve(problem, {
    seconds: 60,
    signal: stopper.signal,
    tell: ({ cost }) => cost < Infinity && stopper.abort(),
  });
  assert.ok(!('impossible' in found));
  assert.ok(found.seconds < 30);
});
