import type { Roster } from '../types.ts';
import { buildGraph } from './build-graph.ts';
import type { Graph } from './graph.ts';
import { joined } from './join.ts';
import type { Machine } from './machine.ts';
import { looseIn, type Graphs, type Model, type PersonModel } from './model.ts';
import type { Part } from './parts.ts';
import { Pricer } from './price.ts';

/** The largest graph of a person in a window, and of somebody who is looked at alone. */
const fewNodes = 400_000;
const manyNodes = 3_000_000;

/**
 * A part of a model: `places`, or everybody, on days `from` up to (not with) `to`. People begin in the state their days before leave them in. Behind the
 * window they either go on as in the roster (so that the whole stays legal, at its exact cost), or nothing is decided
 * yet: then limits on the whole period are charged in proportion. Gives the place of a person for whom no days are left, or
 * -1 where time is over.
 */
export function windowOf(
  model: Model,
  roster: Roster,
  from: number,
  to: number,
  isOpen: boolean,
  { isOver = (): boolean => false, places = model.people.map((_, place) => place) } = {},
): Model | number {
  const { problem, choices } = model;
  const days = to - from;
  const rowOf = new Map<number, number>();
  model.cover.rows.forEach((row, index) => {
    if (row.parts.some(({ day }) => day >= from && day < to)) rowOf.set(index, rowOf.size);
  });
  const rows = [...rowOf.keys()];
  const counts = outside(model, roster, { places, from, to });
  const maxNodes = places.length === 1 ? manyNodes : fewNodes;
  const graphs: Graphs = {
    find: (machines, loose, cells, limit) =>
      buildGraph(
        joined(
          machines.filter((_, place) => !loose.has(place)),
          days,
          choices,
          from,
        ),
        days,
        allowedIn(cells, choices),
        limit,
      ),
  };
  const people: PersonModel[] = [];
  const pricer = new Pricer();
  for (const place of places) {
    if (isOver()) return -1;
    const person = model.people[place] as PersonModel;
    const mine = roster[place] as Uint8Array;
    const cells = person.cells.slice(from * choices, to * choices);
    const share = shareOf(person, to, choices);
    let fitted: Fitted | undefined;
    for (let slack = 2; slack < 40 && fitted === undefined; slack *= 2) {
      const machines = person.machines.map((machine) =>
        windowMachineOf(machine, mine, from, to, isOpen, problem.days, share, slack),
      );
      if (machines.some((machine) => machine.start < 0)) return place;
      const loose = looseIn(machines);
      const graph = graphs.find(machines, new Set(loose), cells, maxNodes);
      if (typeof graph !== 'string' && hasRoster(pricer, graph, cells, choices))
        fitted = { machines, loose, graph };
      else if (!isOpen || graph === 'too big') return place;
    }
    if (fitted === undefined) return place;
    const table = person.rows
      .slice(from * choices, to * choices)
      .map((list) => Int32Array.from(list, (row) => rowOf.get(row) ?? 0));
    people.push({ index: person.index, ...fitted, strain: 0, cells, rows: table });
  }
  return {
    problem: { ...problem, days },
    choices,
    people,
    graphs,
    cover: {
      firstPrice: model.cover.firstPrice,
      rows: rows.map((row) => {
        const cover = model.cover.rows[row] as Model['cover']['rows'][number];
        return { ...cover, wanted: cover.wanted - (counts[row] ?? 0) };
      }),
      costs: rows.map((row) => (model.cover.costs[row] as Float64Array).subarray(counts[row] ?? 0)),
    },
  };
}

/** Whether a graph has a path left beside closed cells. */
const hasRoster = (pricer: Pricer, graph: Graph, cells: Float64Array, choices: number): boolean =>
  pricer.price({ index: 0, machines: [], loose: [], graph, strain: 0, cells, rows: [] }, cells, choices) !==
  undefined;

type Fitted = Pick<PersonModel, 'machines' | 'loose' | 'graph'>;

/** The share of the days on which a person can work at all that lies before day `to`. */
function shareOf({ cells }: PersonModel, to: number, choices: number): number {
  let before = 0;
  let all = 0;
  for (let cell = 0; cell < cells.length; cell += choices) {
    if (!cells.subarray(cell + 1, cell + choices).some((cost) => cost !== Infinity)) continue;
    all += 1;
    if (cell < to * choices) before += 1;
  }
  return all === 0 ? 1 : before / all;
}

/** What counts in rows of cover from other days, and on the same days from people who do not take part. */
function outside(model: Model, roster: Roster, { places, from, to }: Part): Int32Array {
  const counts = new Int32Array(model.cover.rows.length);
  const takesPart = new Uint8Array(model.people.length);
  for (const place of places) takesPart[place] = 1;
  const everybody = model.people.map((_, place) => place);
  model.cover.rows.forEach((row, index) => {
    for (const { day, choices } of row.parts) {
      const isInside = day >= from && day < to;
      for (const place of row.people ?? everybody) {
        if (isInside && takesPart[place] === 1) continue;
        if (choices.includes(roster[place]?.[day] ?? 0)) counts[index] = (counts[index] ?? 0) + 1;
      }
    }
  });
  return counts;
}

function allowedIn(cells: Float64Array, choices: number): boolean[] {
  const allowed = Array.from({ length: choices }, () => false);
  cells.forEach((cost, cell) => {
    if (cost !== Infinity) allowed[cell % choices] = true;
  });
  return allowed;
}

function windowMachineOf(
  machine: Machine,
  mine: Uint8Array,
  from: number,
  to: number,
  isOpen: boolean,
  total: number,
  share: number,
  slack: number,
): Machine {
  let start = machine.start;
  for (let day = 0; day < from && start >= 0; day++) start = machine.step(start, day, mine[day] ?? 0);
  const known = new Map<number, number>();
  const follow = (state: number): number => {
    let now = state;
    let cost = 0;
    for (let day = to; day < total; day++) {
      now = machine.step(now, day, mine[day] ?? 0);
      if (now < 0) return Infinity;
      cost += machine.paid;
    }
    return cost + machine.end(now);
  };
  const proportion = proportionOf(machine, total, share, slack);
  const window: Machine = {
    rule: machine.rule,
    size: machine.size,
    start,
    paid: 0,
    step(state, day, choice) {
      const next = machine.step(state, day + from, choice);
      window.paid = machine.paid;
      return next;
    },
    end(state) {
      if (to === total) return machine.end(state);
      if (isOpen) return proportion(state);
      const found = known.get(state) ?? follow(state);
      known.set(state, found);
      return found;
    },
    kindOf: machine.kindOf,
  };
  return window;
}

/** What a duty or weekend out of proportion costs at the end of an open window; two cost four times as much. */
const outOfProportion = 400;

/**
 * What it costs that a limit on the whole period stands out of proportion where a `share` of the days is decided.
 * Where there is a hard minimum, more than `slack` duties out of proportion are not allowed: the days left might not mend it.
 */
function proportionOf(
  { rule }: Machine,
  total: number,
  share: number,
  slack: number,
): (state: number) => number {
  const hasLeast = rule.kind === 'count' && rule.minWeight === Infinity && rule.min > rule.start;
  const paid = (duties: number): number =>
    duties > slack && hasLeast ? Infinity : Math.max(0, duties - 0.5) ** 2 * outOfProportion;
  if (rule.kind === 'count' && rule.from <= 0 && rule.to >= total - 1 && !rule.onDay) {
    const amounts = rule.amounts.filter((amount) => amount > 0);
    const unit = amounts.reduce((found, amount) => {
      let [a, b] = [found, amount];
      while (b > 0) [a, b] = [b, a % b];
      return a;
    }, 0);
    const duty = Math.max(...amounts, 1);
    const low = rule.minWeight === Infinity ? Math.min(rule.max, rule.min + 2 * duty) * share : -Infinity;
    const high = rule.maxWeight === Infinity ? rule.max * share + duty / 2 : Infinity;
    return (state) => {
      const value = rule.start + state * unit;
      return value < low ? paid((low - value) / duty) : value > high ? paid((value - high) / duty) : 0;
    };
  }
  if (rule.kind === 'blocks' && rule.maxWeight === Infinity) {
    const high = Math.round(rule.max * share + 0.25);
    return (state) => paid(rule.start + (state >> 1) - high);
  }
  return () => 0;
}
