import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Duty, Rule } from '../types.ts';
import type { Contract, Past } from './inrc2-files.ts';
import { paidBefore, totalRules } from './inrc2-totals.ts';

const duties: Duty[] = [
  { id: '', minutes: 0 },
  { id: 'Early', minutes: 480 },
];
const contract = (most: number, weekends = 2): Contract => ({
  shifts: { min: 7, max: most },
  work: { min: 3, max: 5 },
  free: { min: 2, max: 4 },
  weekends,
  isComplete: true,
});
const past = (shifts: number, weekends: number): Past => ({
  shifts,
  weekends,
  last: -1,
  same: 0,
  worked: 0,
  free: 2,
});

/** What so many shifts and weekends in these weeks cost by the rules on totals. */
function costOf(rules: Rule[], shifts: number, weekends: number): number {
  return rules.reduce((sum, rule) => {
    if (rule.kind !== 'count' && rule.kind !== 'blocks') throw new Error(rule.kind);
    const used = (rule.start ?? 0) + (rule.kind === 'count' ? shifts : weekends);
    const over = Math.max(0, used - rule.max) * rule.maxWeight;
    return sum + over + Math.max(0, rule.min - used) * rule.minWeight;
  }, 0);
}

const twoWeekends = [
  [5, 6],
  [12, 13],
];
const early = (most: number, before: Past): Rule[] =>
  totalRules(contract(most), before, { duties, weekends: twoWeekends, weeks: 4, left: 4 });

test('at the end of all weeks a shift beyond the contract costs 20 and a weekend 30', () => {
  const rules = totalRules(contract(15), past(8, 1), { duties, weekends: twoWeekends, weeks: 4, left: 2 });
  assert.equal(costOf(rules, 7, 1), 0);
  assert.equal(costOf(rules, 8, 1), 20);
  assert.equal(costOf(rules, 7, 2), 30);
});

test('before the last weeks, whoever is likely to need all shifts and weekends later pays three fifths for each now', () => {
  assert.equal(costOf(early(15, past(0, 0)), 5, 0), 60);
  assert.equal(costOf(early(15, past(0, 0)), 5, 1), 78);
});

test('beyond the share of the weeks so far each costs its whole weight', () => {
  const rules = early(15, past(0, 0));
  assert.equal(costOf(rules, 9, 1) - costOf(rules, 8, 1), 20);
  assert.equal(costOf(rules, 8, 2) - costOf(rules, 8, 1), 30);
});

test('whoever cannot work all shifts of the contract in the weeks left pays nothing for those within it', () => {
  assert.equal(costOf(early(22, past(0, 0)), 11, 0), 0);
});

test('whoever may work every weekend that is left pays nothing for one', () => {
  const rules = totalRules(contract(40, 4), past(0, 1), {
    duties,
    weekends: twoWeekends,
    weeks: 8,
    left: 3,
  });
  assert.equal(costOf(rules, 10, 2), 0);
});

test('what was worked beyond the contract before is paid whatever these weeks hold', () => {
  const weights = paidBefore(contract(15), past(17, 3), duties).map(({ weight }) => weight);
  assert.deepEqual(weights, [40, 30]);
});
