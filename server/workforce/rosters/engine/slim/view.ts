import type { Machine } from '../machine.ts';
import { addCounts, costOf, type Model, type PersonModel } from '../model.ts';
import type { Part } from '../parts.ts';
import type { Slim } from './slim.ts';
import { Standing } from '../standing.ts';

/** A part of a roster as a problem of its own: its people and its days, beside what the rest of the roster fixes. */
export type View = Part & {
  model: Model;
  slims: Slim[];
  /** The row of the whole model for each row here. */
  rows: number[];
  /** Counts of what does not take part. */
  fixed: Int32Array;
  /** What the people of the part work now on its days. */
  days: Uint8Array[];
};

/**
 * The part of a roster, with the rows of cover of its days. What a person works before gives each rule its state, and what
 * they work behind is paid at the end, so that days here cost what the whole would cost.
 */
export function viewOf(model: Model, slims: Slim[], roster: Standing, part: Part): View {
  const { places, from, to } = widened(slims, part);
  const { choices } = model;
  const rows = model.cover.rows.flatMap(({ parts }, row) =>
    parts.some(({ day }) => day >= from && day < to) ? [row] : [],
  );
  const here = new Int32Array(model.cover.rows.length).fill(-1);
  rows.forEach((row, index) => (here[row] = index));
  const tables = new Map<Int32Array[], Int32Array[]>();
  const remapped = (table: Int32Array[]): Int32Array[] => {
    const found = tables.get(table);
    if (found !== undefined) return found;
    const mine = table
      .slice(from * choices, to * choices)
      .map((list) => list.filter((row) => here[row] !== -1).map((row) => here[row] as number));
    tables.set(table, mine);
    return mine;
  };
  const stretches = places.map((place) => {
    const person = model.people[place] as PersonModel;
    const all = roster.days[place] as Uint8Array;
    const slim = (slims[place] as Slim).within(all, from, to);
    return { person: stretchOf(person, all, { from, to, choices, rows: remapped(person.rows) }), slim };
  });
  const view: Model = {
    ...model,
    problem: { ...model.problem, days: to - from },
    people: stretches.map(({ person }) => person),
    cover: {
      ...model.cover,
      rows: rows.map((row) => model.cover.rows[row] as Model['cover']['rows'][number]),
      costs: rows.map((row) => model.cover.costs[row] as Float64Array),
    },
  };
  const fixed = Int32Array.from(rows, (row) => roster.counts[row] as number);
  const days = places.map((place) => (roster.days[place] as Uint8Array).slice(from, to));
  days.forEach((mine, index) => addCounts(view.people[index] as PersonModel, mine, choices, fixed, -1));
  return { model: view, slims: stretches.map(({ slim }) => slim), rows, fixed, days, places, from, to };
}

/** The roster of a part, with the counts of the rest. */
export function standingIn({ model, fixed }: View, days: Uint8Array[]): Standing {
  const standing = new Standing(model, days);
  fixed.forEach((count, row) => (standing.counts[row] = (standing.counts[row] as number) + count));
  return standing;
}

/** A roster with other days in a part; whoever may not have them there keeps theirs. */
export function withPart(base: Standing, { places, from }: View, days: Uint8Array[]): Standing {
  const standing = base.copy();
  const { model } = base;
  places.forEach((place, index) => {
    const mine = (base.days[place] as Uint8Array).slice();
    mine.set(days[index] as Uint8Array, from);
    const cost = costOf(model.people[place] as PersonModel, mine, model.choices);
    if (cost !== Infinity) standing.put(place, mine, cost);
  });
  return standing;
}

/** A part that begins and ends beside blocks of days, not within them. */
function widened(slims: Slim[], { places, from, to }: Part): Part {
  const isWithin = (day: number): boolean =>
    places.some((place) => ((slims[place] as Slim).place[day] ?? -1) > 0);
  let [first, last] = [from, to];
  while (isWithin(first)) first -= 1;
  while (isWithin(last)) last += 1;
  return { places, from: first, to: last };
}

type Stretch = { from: number; to: number; choices: number; rows: Int32Array[] };

/** A person's days of a part. What the other days cost by themselves is paid on the first. */
function stretchOf(person: PersonModel, all: Uint8Array, { from, to, choices, rows }: Stretch): PersonModel {
  const cells = person.cells.slice(from * choices, to * choices);
  let aside = 0;
  all.forEach((choice, day) => {
    if (day < from || day >= to) aside += person.cells[day * choices + choice] as number;
  });
  const machines = person.machines.map((machine) => {
    const { begun, paid } = before(machine, all, from);
    aside += paid;
    return behind(machine, begun, all, { from, to });
  });
  for (let choice = 0; choice < choices; choice++) cells[choice] = (cells[choice] as number) + aside;
  return { ...person, machines, cells, rows };
}

/** The state of a machine after the days before a part, and what they cost. */
function before(machine: Machine, all: Uint8Array, from: number): { begun: number; paid: number } {
  let begun = machine.start;
  let paid = 0;
  for (let day = 0; day < from; day++) {
    begun = machine.step(begun, day, all[day] as number);
    paid += machine.paid;
  }
  return { begun, paid };
}

/** The machine on the days of a part; at their end all days behind are paid. */
function behind(
  machine: Machine,
  start: number,
  all: Uint8Array,
  { from, to }: { from: number; to: number },
): Machine {
  const known = new Map<number, number>();
  const rest = (state: number): number => {
    let paid = 0;
    let at = state;
    for (let day = to; day < all.length; day++) {
      at = machine.step(at, day, all[day] as number);
      if (at < 0) return Infinity;
      paid += machine.paid;
    }
    return paid + machine.end(at);
  };
  const part: Machine = {
    ...machine,
    start,
    step(state, day, choice) {
      const next = machine.step(state, from + day, choice);
      part.paid = machine.paid;
      return next;
    },
    end(state) {
      const paid = known.get(state) ?? rest(state);
      known.set(state, paid);
      return paid;
    },
  };
  return part;
}
