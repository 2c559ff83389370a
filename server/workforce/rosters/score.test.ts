import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeOf } from './checker/index.ts';
import { problemOf } from './fixtures/read-texts.fixture.ts';
import { tiny } from './fixtures/tiny-instances.fixture.ts';
import { scoreOf } from './score.ts';
import { Chance } from './ward/index.ts';

for (const family of ['curtois', 'inrc1', 'inrc2', 'openics'] as const)
  test(`${family}: any roster, legal or not, has the score that the checker gives it`, () => {
    for (let seed = 1; seed <= 15; seed++) {
      const texts = tiny[family](seed);
      const problem = problemOf(texts);
      const { people, judge } = judgeOf(texts);
      const chance = new Chance(seed);
      const share = chance.unit();
      const roster = people.map(() =>
        Uint8Array.from({ length: problem.days }, () =>
          chance.happens(share) ? 0 : chance.between(1, problem.duties.length - 1),
        ),
      );
      const cells = new Map(
        people.map((id, place) => [id, Array.from(roster[place]!, (choice) => problem.duties[choice]!.id)]),
      );
      const { breaches, score } = judge(cells);
      // Two duties at once, a closed day and a shortage below the least of INRC-II have no soft cost of their own in the engine.
      const isDoubled = breaches.some(
        ({ rule }) => ['overlap', 'closed'].includes(rule) || (family === 'inrc2' && rule === 'cover'),
      );
      if (!isDoubled)
        assert.ok(
          Math.abs(scoreOf(problem, roster) - score.total) < 1e-3,
          `seed ${seed}: ${scoreOf(problem, roster)} and ${score.total}`,
        );
    }
  });
