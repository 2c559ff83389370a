import type { Cover, Person, Problem, Roster } from '../types.ts';
import { buildGraph } from './build-graph.ts';
import type { Graph } from './graph.ts';
import { joined } from './join.ts';
import type { Machine } from './machine.ts';
import { machineOf } from './machines.ts';

/** A person ready for pricing: which rules the graph holds, and which are checked along each path. */
export type PersonModel = {
  index: number;
  machines: Machine[];
  /** Places in `machines` of the rules that the graph does not hold. */
  loose: number[];
  graph: Graph;
  /** How many searches past the graph were long. */
  strain: number;
  /** What each choice costs on each day by wishes: `cells[day * choices + choice]`, Infinity where forbidden. */
  cells: Float64Array;
  /** Rows of cover that a choice on a day counts in: `rows[day * choices + choice]`. */
  rows: Int32Array[];
};

export type Model = {
  problem: Problem;
  choices: number;
  people: PersonModel[];
  cover: CoverModel;
  graphs: Graphs;
};

/** Where a person's graph comes from when a rule moves into it. */
export type Graphs = {
  find(
    machines: Machine[],
    loose: ReadonlySet<number>,
    cells: Float64Array,
    limit: number,
  ): Graph | 'too big' | 'no roster';
};

/**
 * Cover rows with the cost of every count from 0 to everyone. `firstPrice` is what a hard shortage costs in a relaxation until
 * that turns out too little: prices of the size of other costs lead to good rosters sooner.
 */
export type CoverModel = { rows: Cover[]; costs: Float64Array[]; firstPrice: number };

/** What a hard shortage or surplus of cover weighs inside the engine. A roster that pays it is never called legal. */
export const hardCover = 10_000;

const maxNodes = 1_500_000;

/** A graph that grows by a rule may always have so many nodes. */
const fewNodes = 60_000;

/** Longer periods are solved in windows only; their people have no graph of the whole. */
export const longest = 100;

const noGraph: Graph = {
  days: 0,
  classOf: new Uint8Array(0),
  classes: 0,
  layerStart: new Int32Array(2),
  arcStart: new Int32Array(1),
  arcClass: new Uint8Array(0),
  arcTarget: new Int32Array(0),
  arcCost: new Float64Array(0),
  isFree: true,
  endCost: new Float64Array(0),
  root: 0,
};

/** Compiles a problem. People with the same rules share a graph. */
export function modelOf(
  problem: Problem,
  { isWhole = problem.days <= longest, isOver = (): boolean => false } = {},
): Model {
  const graphs = new GraphShelf(problem);
  const rowsOf = rowTables(problem);
  const people = problem.people.map((person, index) => {
    if (isOver()) throw new TimeIsOver();
    const machines = person.rules.map((rule) => machineOf(rule, problem));
    const cells = cellsOf(person, problem);
    const loose = looseIn(machines);
    const fitted = isWhole ? graphs.fit(person, machines, loose, cells) : { graph: noGraph, loose };
    return { index, machines, ...fitted, strain: 0, cells, rows: rowsOf(index) };
  });
  return { problem, choices: problem.duties.length, people, cover: coverModel(problem), graphs };
}

/** The places of rules that are checked along each path. */
export const looseIn = (machines: Machine[]): number[] =>
  machines.flatMap((machine, place) => (isUsuallySlack(machine) ? [place] : []));

/** Limits on single duties seldom bind, and would multiply the graph: they are checked along each path instead. */
function isUsuallySlack({ rule }: Machine): boolean {
  if (rule.kind === 'automaton') {
    const isFree = (rule.cost ?? []).flat(2).every((cost) => cost === 0 || cost === Infinity);
    return rule.tables !== undefined && isFree && rule.final === undefined;
  }
  return (
    rule.kind === 'count' &&
    (rule.minWeight === 0 || rule.min <= rule.start) &&
    rule.maxWeight === Infinity &&
    rule.max > 0 &&
    rule.amounts.some((amount, choice) => choice > 0 && amount === 0)
  );
}

function cellsOf(person: Person, problem: Problem): Float64Array {
  const choices = problem.duties.length;
  const cells = new Float64Array(problem.days * choices);
  for (const wish of person.wishes) {
    for (const choice of wish.choices) {
      const cell = wish.day * choices + choice;
      cells[cell] = (cells[cell] ?? 0) + wish.weight;
    }
  }
  return cells;
}

/** About how many arcs the graphs of everybody would have, from a few people. Infinity where the period is too long. */
export function arcsOf(problem: Problem): number {
  if (problem.days > longest) return Infinity;
  const sample = [0.1, 0.4, 0.7].map((share) => Math.floor(share * problem.people.length));
  const graphs = new GraphShelf(problem);
  const arcs = sample.map((index) => {
    const person = problem.people[index] as Person;
    const machines = person.rules.map((rule) => machineOf(rule, problem));
    const found = graphs.find(machines, new Set(looseIn(machines)), cellsOf(person, problem), maxNodes);
    return found === 'too big' ? Infinity : found === 'no roster' ? 0 : found.arcClass.length;
  });
  return (Math.max(...arcs) * problem.people.length) / 1.5;
}

/** Graphs by the rules they hold, so that equal contracts are compiled once. */
export class GraphShelf implements Graphs {
  readonly #problem: Problem;
  readonly #graphs = new Map<string, Graph | 'no roster'>();
  readonly #exceeded = new Map<string, number>();

  constructor(problem: Problem) {
    this.#problem = problem;
  }

  /** The graph of all rules but the loose ones; where that is too big, more rules become loose, the widest first. */
  fit(
    person: Person,
    machines: Machine[],
    loose: number[],
    cells: Float64Array,
    most = maxNodes,
  ): { graph: Graph; loose: number[] } {
    const taken = new Set(loose);
    for (;;) {
      const graph = this.find(machines, taken, cells, most);
      if (graph === 'no roster') throw new ImpossiblePerson(person.id);
      if (graph !== 'too big') return { graph, loose: [...taken].toSorted((a, b) => a - b) };
      const kept = machines.map((_, place) => place).filter((place) => !taken.has(place));
      const widest = kept.reduce(
        (best, place) => ((machines[place]?.size ?? 0) > (machines[best]?.size ?? 0) ? place : best),
        kept[0] ?? -1,
      );
      if (widest < 0) throw new Error('A roster of no rules is too big.');
      taken.add(widest);
    }
  }

  find(
    machines: Machine[],
    loose: ReadonlySet<number>,
    cells: Float64Array,
    limit: number,
  ): Graph | 'too big' | 'no roster' {
    const { days, duties } = this.#problem;
    const allowed = duties.map((_, choice) => {
      for (let day = 0; day < days; day++) if (cells[day * duties.length + choice] !== Infinity) return true;
      return false;
    });
    const held = machines.filter((_, place) => !loose.has(place));
    const key = JSON.stringify(
      [allowed, ...held.map(({ rule }) => ({ ...rule, id: '', words: '' }))],
      (_, value) => (value === Infinity ? 'inf' : (value as unknown)),
    );
    const found = this.#graphs.get(key);
    if (found !== undefined) return found;
    if ((this.#exceeded.get(key) ?? 0) >= limit) return 'too big';
    const graph = buildGraph(joined(held, days, duties.length), days, allowed, limit);
    if (graph === 'too big') this.#exceeded.set(key, limit);
    else this.#graphs.set(key, graph);
    return graph;
  }
}

/** Thrown where time ends before a model is ready. */
export class TimeIsOver extends Error {}

/** Thrown where one person's own hard rules leave no roster at all. */
export class ImpossiblePerson extends Error {
  readonly person: string;
  constructor(person: string) {
    super('A person has no legal roster.');
    this.person = person;
  }
}

function rowTables(problem: Problem): (person: number) => Int32Array[] {
  const choices = problem.duties.length;
  const groups = new Map<string, Int32Array[]>();
  const members = problem.cover.map((row) => (row.people === undefined ? undefined : new Set(row.people)));
  const isMixed = members.some((set) => set !== undefined);
  return (person) => {
    const mine = problem.cover.flatMap((_, row) => (members[row]?.has(person) === false ? [] : [row]));
    const key = isMixed ? mine.join() : '';
    const found = groups.get(key);
    if (found !== undefined) return found;
    const lists: number[][] = Array.from({ length: problem.days * choices }, () => []);
    for (const row of mine) {
      for (const part of problem.cover[row]?.parts ?? []) {
        for (const choice of part.choices) lists[part.day * choices + choice]?.push(row);
      }
    }
    const table = lists.map((list) => Int32Array.from(list));
    groups.set(key, table);
    return table;
  };
}

function coverModel(problem: Problem): CoverModel {
  const most = 2 * problem.people.length;
  const costs = problem.cover.map((row) =>
    Float64Array.from({ length: most + 1 }, (_, count) =>
      count < row.wanted ? stepCost(row.under, row.wanted - count) : stepCost(row.over, count - row.wanted),
    ),
  );
  return {
    rows: problem.cover,
    costs,
    firstPrice: Math.min(hardCover, 4 * Math.max(5, largestWeight(problem))),
  };
}

function largestWeight({ people, cover }: Problem): number {
  let most = 0;
  const see = (weight: number): void => void (most = Number.isFinite(weight) ? Math.max(most, weight) : most);
  for (const { under, over } of cover) for (const { weight } of [...under, ...over]) see(weight);
  for (const { wishes, rules } of people) {
    for (const { weight } of wishes) see(weight);
    for (const rule of rules) {
      if (rule.kind === 'automaton') (rule.cost ?? []).flat(2).forEach(see);
      else if ('weight' in rule) see(rule.weight);
      else [rule.minWeight, rule.maxWeight].forEach(see);
    }
  }
  return most;
}

/** What `units` cost in steps of rising weight. */
export function stepCost(steps: Cover['under'], units: number): number {
  let rest = units;
  let cost = 0;
  for (const step of steps) {
    const taken = Math.min(rest, step.count);
    if (taken > 0) cost += taken * Math.min(step.weight, hardCover);
    rest -= taken;
    if (rest <= 0) break;
  }
  return cost;
}

/** Moves the loose rule that the days `broken` break most often from paths into the person's graph, where it fits. */
export function promote(model: Model, person: PersonModel, broken: Uint8Array): boolean {
  const { machines, loose, cells } = person;
  const place = loose.find((each) => !allows(machines[each] as Machine, broken)) ?? loose[0];
  if (place === undefined) return false;
  const rest = loose.filter((each) => each !== place);
  const most = Math.min(maxNodes, Math.max(fewNodes, 8 * person.graph.arcStart.length));
  const graph = model.graphs.find(machines, new Set(rest), cells, most);
  if (typeof graph === 'string') return false;
  person.graph = graph;
  person.loose = rest;
  return true;
}

/** Whether a person's days keep a hard rule. */
export function allows(machine: Machine, days: Uint8Array): boolean {
  let state = machine.start;
  for (let day = 0; day < days.length && state >= 0; day++) state = machine.step(state, day, days[day] ?? 0);
  return state >= 0 && machine.end(state) !== Infinity;
}

/** What a person's days cost by wishes and rules; Infinity where a hard one is broken. */
export function costOf({ machines, cells }: PersonModel, days: Uint8Array, choices: number): number {
  let cost = 0;
  for (let day = 0; day < days.length; day++) cost += cells[day * choices + (days[day] ?? 0)] ?? 0;
  for (const machine of machines) {
    let state = machine.start;
    for (let day = 0; day < days.length && state >= 0; day++) {
      state = machine.step(state, day, days[day] ?? 0);
      if (state >= 0) cost += machine.paid;
    }
    if (state < 0) return Infinity;
    cost += machine.end(state);
  }
  return cost;
}

/** How many count in each row of cover. */
export function countsOf(model: Model, roster: Roster): Int32Array {
  const counts = new Int32Array(model.cover.rows.length);
  model.people.forEach((person, place) =>
    addCounts(person, roster[place] as Uint8Array, model.choices, counts, 1),
  );
  return counts;
}

/** Adds (or takes away, with -1) one person's days to counts of cover. */
export function addCounts(
  { rows }: PersonModel,
  days: Uint8Array,
  choices: number,
  counts: Int32Array,
  sign: 1 | -1,
): void {
  for (let day = 0; day < days.length; day++) {
    const mine = rows[day * choices + (days[day] ?? 0)];
    if (mine !== undefined) for (const row of mine) counts[row] = (counts[row] ?? 0) + sign;
  }
}
