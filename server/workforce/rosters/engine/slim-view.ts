import { addCounts, type Model, type PersonModel } from './model.ts';
import type { Standing } from './standing.ts';

/** Some people and the days from `from` up to (not with) `to`. */
export type Part = { places: number[]; from: number; to: number };

/** A model with the rows of cover of a part only, and what the rest of a roster leaves of it. */
export type View = {
  model: Model;
  /** The row of the whole model for each row here. */
  rows: number[];
  /** Counts of people who do not take part. */
  fixed: Int32Array;
  /** What is not free to each person who takes part; 1 forbids. */
  closed: (Uint8Array | undefined)[];
};

export function viewOf(model: Model, { days, counts }: Standing, { places, from, to }: Part): View {
  const all = model.problem.days;
  const isWhole = from <= 0 && to >= all;
  const rows = model.cover.rows.flatMap(({ parts }, row) =>
    isWhole || parts.some(({ day }) => day >= from && day < to) ? [row] : [],
  );
  const tables = new Map<Int32Array[], Int32Array[]>();
  const here = new Int32Array(model.cover.rows.length).fill(-1);
  rows.forEach((row, index) => (here[row] = index));
  const remapped = (table: Int32Array[]): Int32Array[] => {
    const found = tables.get(table);
    if (found !== undefined) return found;
    const mine = table.map((list) =>
      list.filter((row) => here[row] !== -1).map((row) => here[row] as number),
    );
    tables.set(table, mine);
    return mine;
  };
  const view: Model = {
    ...model,
    people: model.people.map((person) => ({ ...person, rows: remapped(person.rows) })),
    cover: {
      ...model.cover,
      rows: rows.map((row) => model.cover.rows[row] as Model['cover']['rows'][number]),
      costs: rows.map((row) => model.cover.costs[row] as Float64Array),
    },
  };
  const fixed = Int32Array.from(rows, (row) => counts[row] as number);
  const closed: (Uint8Array | undefined)[] = model.people.map(() => undefined);
  for (const place of places) {
    const mine = days[place] as Uint8Array;
    addCounts(view.people[place] as PersonModel, mine, model.choices, fixed, -1);
    if (!isWhole) closed[place] = outside(mine, from, to, model.choices);
  }
  return { model: view, rows, fixed, closed };
}

/** Closes every choice but that of `days` outside a stretch. */
function outside(days: Uint8Array, from: number, to: number, choices: number): Uint8Array {
  const mask = new Uint8Array(days.length * choices);
  days.forEach((choice, day) => {
    if (day >= from && day < to) return;
    mask.fill(1, day * choices, (day + 1) * choices);
    mask[day * choices + choice] = 0;
  });
  return mask;
}
