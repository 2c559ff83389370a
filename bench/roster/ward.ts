import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  Chance,
  checkEdit,
  checkSolution,
  explain,
  makeWard,
  readProblem,
  replan,
  solve,
  wardText,
  writeRoster,
  type Problem,
  type Roster,
} from '../../server/workforce/rosters/index.ts';
import type { Finding } from '../report.ts';
import { slowness } from './solvers.ts';

type Table = NonNullable<Finding['tables']>[number];
/** `byProcessor`: a search ends with the processor seconds that its threads would have on a machine of their own. */
type Budget = { seconds: number; threads: number; seed: number; byProcessor: boolean };
type Row = [what: string, wall: string, processor: string, found: string, wanted: string];

/**
 * A made-up ward of 100 for four weeks under the United Kingdom rule packs: the first legal roster, the best and its
 * bound, sickness of 20 people in turn; then single edits and "why not?" on a ward of 60.
 */
export async function measureWard(folder: string, budget: Budget): Promise<Table> {
  mkdirSync(folder, { recursive: true });
  const rows: Row[] = [];
  const add = (...row: Row): void => {
    rows.push(row);
    console.log(row.join('\t'));
  };
  const big = made(folder, 100, budget.seed);
  const { found, first } = await solved(big.problem, budget);
  const verdict = checked(folder, big, found.roster);
  const gap = (100 * (found.cost - found.bound)) / found.cost;
  add('first legal roster, 100 people', ...first, 'legal', '< 10 s');
  add(
    'best roster',
    found.seconds.toFixed(1),
    found.processor.toFixed(1),
    `${found.cost}, bound ${found.bound}, gap ${Number.isFinite(gap) ? `${gap.toFixed(2)}%` : 'unknown'}; ${verdict} hard breaches`,
    '< 1% in 180 s; 0',
  );
  add(...sickness(folder, big, found.roster, budget.seed));
  const small = made(folder, 60, budget.seed);
  const start = await solved(small.problem, budget, { isFirstEnough: true });
  const edits = editsOf(small.problem, 200, budget.seed);
  const roster = start.found.roster;
  add(
    ...each('one edit checked, 60 x 28', edits, (edit) => checkEdit(small.problem, roster, edit), '< 50 ms'),
  );
  add(...each('one "why not?", 60 x 28', edits, (edit) => explain(small.problem, roster, edit), '< 100 ms'));
  return {
    title: `A made-up ward, seed ${budget.seed}, ${budget.threads} threads`,
    columns: ['what', 'wall', 'processor', 'found', 'wanted'],
    rows,
  };
}

type Made = { file: string; problem: Problem };

function made(folder: string, staff: number, seed: number): Made {
  const file = path.join(folder, `ward-${staff}.json`);
  writeFileSync(file, wardText(makeWard({ staff, weeks: 4, seed })));
  return { file, problem: readProblem(file) };
}

/** Hard rules that the independent checker finds broken, but for those of one person. */
function checked(folder: string, { file, problem }: Made, roster: Roster, but?: string): number {
  const out = path.join(folder, 'roster.tsv');
  writeFileSync(out, writeRoster(problem, roster, []));
  return checkSolution(file, out).breaches.filter(({ person }) => but === undefined || person !== but).length;
}

async function solved(problem: Problem, budget: Budget, { isFirstEnough = false } = {}) {
  const stopper = new AbortController();
  const before = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  let first: [string, string] = ['none', 'none'];
  const { seconds, threads, seed, byProcessor } = budget;
  const watch = setInterval(() => byProcessor && spent() >= seconds * threads && stopper.abort(), 100);
  const found = await solve(problem, {
    threads,
    seed,
    seconds: byProcessor ? seconds * slowness() : seconds,
    signal: stopper.signal,
    tell: (progress) => {
      if (progress.isLegal && isFirstEnough) stopper.abort();
      if (progress.isLegal && first[0] === 'none') first = [progress.seconds.toFixed(1), spent().toFixed(1)];
    },
  });
  clearInterval(watch);
  if ('impossible' in found) throw new Error('The ward has no roster.');
  return { found: { ...found, processor: spent() }, first };
}

/** 20 people in turn are away for the three days from their first duty after the first week. */
function sickness(folder: string, ward: Made, roster: Roster, seed: number): Row {
  const { problem } = ward;
  const chance = new Chance(seed);
  const [walls, uses]: number[][] = [[], []];
  let [moved, breaches, legal] = [0, 0, 0];
  const turns = 20;
  for (let turn = 0; turn < turns; turn++) {
    const person = chance.between(0, problem.people.length - 1);
    const from = Math.max(7, roster[person]?.findIndex((choice, day) => day >= 7 && choice !== 0) ?? 7);
    const [began, before] = [performance.now(), process.cpuUsage()];
    const again = replan(problem, roster, { person, from, to: Math.min(problem.days - 1, from + 2) });
    const { user, system } = process.cpuUsage(before);
    walls?.push((performance.now() - began) / 1000);
    uses?.push((user + system) / 1e6);
    moved = Math.max(moved, again.moved.length);
    breaches += checked(folder, ward, again.roster, problem.people[person]?.id);
    if (again.isLegal) legal += 1;
  }
  return [
    `sickness of ${turns} people in turn, 3 days each: longest`,
    Math.max(...(walls ?? [])).toFixed(2),
    Math.max(...(uses ?? [])).toFixed(2),
    `at most ${moved} people moved; ${legal} of ${turns} legal; ${breaches} hard breaches`,
    '< 2 s; at most 3',
  ];
}

type Edit = { person: number; day: number; choice: number };

function editsOf(problem: Problem, count: number, seed: number): Edit[] {
  const chance = new Chance(seed + 1);
  return Array.from({ length: count }, () => ({
    person: chance.between(0, problem.people.length - 1),
    day: chance.between(0, problem.days - 1),
    choice: chance.between(0, problem.duties.length - 1),
  }));
}

function each(what: string, edits: Edit[], answer: (edit: Edit) => unknown, wanted: string): Row {
  const [walls, uses]: number[][] = [[], []];
  for (const edit of edits) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    answer(edit);
    const { user, system } = process.cpuUsage(before);
    walls?.push(performance.now() - began);
    uses?.push((user + system) / 1000);
  }
  return [what, spread(walls), spread(uses), `${edits.length} answers`, wanted];
}

function spread(list: number[] = []): string {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  return `${at(0.5)} ms (95%: ${at(0.95)}, most: ${at(1)})`;
}
