import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import type { Problem, Rule } from '../types.ts';
import { buildGraph } from './build-graph.ts';
import type { Graph } from './graph.ts';
import { joined } from './join.ts';
import { machineOf } from './machines.ts';
import { costOf } from './model.ts';

const days = 6;

/** Over so many days, limits on one sum are joined. */
const longEnough = 14;
const rosters = Array.from({ length: 3 ** days }, (_, number) =>
  Uint8Array.from([0, 1, 2, 3, 4, 5], (day) => Math.floor(number / 3 ** day) % 3),
);

const weight = fc.constantFrom(0, 1, 3, Infinity);
const words = { id: 'rule', words: '' };

const sum: fc.Arbitrary<Rule> = fc
  .record({
    amounts: fc.tuple(fc.constant(0), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    scale: fc.constantFrom(1, 1, 2 ** 27),
    from: fc.integer({ min: 0, max: 2 }),
    to: fc.integer({ min: 3, max: 5 }),
    min: fc.nat(12),
    more: fc.nat(12),
    minWeight: weight,
    maxWeight: weight,
  })
  .map(({ amounts, scale, min, more, ...rest }) => ({
    ...words,
    ...rest,
    kind: 'count',
    start: 0,
    amounts: amounts.map((amount, choice) => amount * scale + (choice === 1 && scale > 1 ? 1 : 0)),
    min: min * scale,
    max: (min + more) * scale,
  }));

const run: fc.Arbitrary<Rule> = fc
  .record({
    choices: fc.constantFrom<number[]>([0], [1], [1, 2]),
    min: fc.integer({ min: 0, max: 3 }),
    more: fc.nat(2),
    minWeight: weight,
    maxWeight: weight,
    before: fc.constantFrom<'unknown' | number>('unknown', 0, 2),
    openEnd: fc.boolean(),
  })
  .map(({ more, ...rest }) => ({ ...words, ...rest, kind: 'run', max: Math.max(1, rest.min + more) }));

const pattern: fc.Arbitrary<Rule> = fc
  .record({
    steps: fc.array(fc.constantFrom<number[]>([0], [1], [1, 2]), { minLength: 2, maxLength: 3 }),
    weight,
  })
  .map((rest) => ({ ...words, ...rest, kind: 'pattern' }));

/** What the path of some days costs, or Infinity where there is none. */
function paid({ classOf, arcStart, arcClass, arcTarget, arcCost, endCost, root }: Graph, roster: Uint8Array) {
  let [node, cost] = [root, 0];
  for (const choice of roster) {
    let next = -1;
    for (let arc = arcStart[node] as number; arc < (arcStart[node + 1] as number); arc++) {
      if (arcClass[arc] !== classOf[choice]) continue;
      next = arcTarget[arc] as number;
      cost += arcCost[arc] as number;
    }
    if (next < 0) return Infinity;
    node = next;
  }
  return cost + (endCost[node] as number);
}

test('a graph holds every roster that its rules allow, at what it costs, and no other', () => {
  const problem: Problem = { ...smallWard(1, 1), days };
  let legal = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(sum, run, pattern), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (rules, isJoined) => {
        const machines = rules.map((rule) => machineOf(rule, problem));
        const person = { index: 0, machines, loose: [], strain: 0, cells: new Float64Array(18), rows: [] };
        const costs = rosters.map((roster) => costOf({ ...person, graph: {} as Graph }, roster, 3));
        const steppers = isJoined ? joined(machines, longEnough, 3) : machines;
        const graph = buildGraph(steppers, days, [true, true, true], 1_000_000);
        assert.notEqual(graph, 'too big');
        if (typeof graph === 'string') return assert.ok(costs.every((cost) => cost === Infinity));
        legal += 1;
        rosters.forEach((roster, place) => assert.equal(paid(graph, roster), costs[place]));
      },
    ),
    { numRuns: 150 },
  );
  assert.ok(legal > 30);
});

const sumOver = (from: number, to: number, amounts: number[]): Rule => ({
  ...words,
  kind: 'count',
  amounts,
  from,
  to,
  start: 0,
  min: 0,
  max: 1_000_000,
  minWeight: 0,
  maxWeight: 1,
});

test('limits on one sum over the same days become one machine; those over other days, and sums of very many values, stay apart', () => {
  const month: Problem = { ...smallWard(1, 1), days: 28 };
  const machines = (...rules: Rule[]) => rules.map((rule) => machineOf(rule, month));
  const sizes = (...rules: Rule[]) => joined(machines(...rules), 28, 3).length;
  const hours = sumOver(0, 27, [0, 8, 10]);
  assert.equal(sizes(hours, { ...hours, max: 150 } as Rule), 1);
  assert.equal(sizes(...Array.from({ length: 20 }, (_, day) => sumOver(day, day + 8, [0, 8, 10]))), 20);
  const odd = sumOver(0, 27, [0, 10_007, 611]);
  assert.equal(sizes(odd, sumOver(0, 27, [0, 10_007, 611])), 1);
  const many = Array.from({ length: 9 }, (_, choice) => (choice === 0 ? 0 : 7 ** choice));
  const nine: Problem = { ...month, duties: many.map((minutes) => ({ id: String(minutes), minutes })) };
  const wide = [sumOver(0, 27, many), sumOver(0, 27, many)].map((rule) =>
    machineOf({ ...rule, max: 1e12 } as Rule, nine),
  );
  assert.equal(joined(wide, 28, 9).length, 2);
});

test('a machine of more states than numbers can tell apart is refused', () => {
  const [machine] = (smallWard(1, 1).people[0]?.rules ?? []).map((rule) => machineOf(rule, smallWard(1, 1)));
  assert.ok(machine !== undefined);
  const vast = { ...machine, size: 2 ** 54 };
  assert.equal(buildGraph([vast], days, [true, true, true], 1_000_000), 'too big');
});

test('a graph of too many nodes is refused', () => {
  const problem = smallWard(1, 1);
  const machines = (problem.people[0]?.rules ?? []).map((rule) => machineOf(rule, problem));
  assert.equal(buildGraph(machines, problem.days, [true, true, true], 5), 'too big');
});
