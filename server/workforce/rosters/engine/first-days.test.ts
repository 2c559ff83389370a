import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallWard } from '../small.fixture.ts';
import type { Common } from './counts.ts';
import { firstLedger } from './first-days.ts';
import { modelOf } from './model.ts';

test('a person has legal first days where a rule of some days alone forbids what the steady rules would choose', () => {
  const problem = smallWard(1, 1, 14);
  const person = problem.people[0];
  const free = [5, 6].map((day) => ({ day, choices: [0], weight: Infinity, id: 'on', words: 'works' }));
  person?.wishes.push(...free);
  person?.rules.push({
    kind: 'pattern',
    id: 'no-early-first',
    words: 'does not begin a weekend with an early',
    steps: [[1], [0, 1, 2]],
    starts: [5],
    weight: Infinity,
  });
  const model = modelOf(problem, { isWhole: false });
  const common: Common = { choices: model.choices, hard: 1, tables: new Map() };
  for (const each of model.people) {
    const ledger = firstLedger(model, each, common);
    assert.ok(ledger.isPossible);
    assert.notEqual(ledger.days[5], 1);
  }
});
