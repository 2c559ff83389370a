import type { Context } from './context.ts';
import { decide, isClosed } from './dive.ts';
import { reduce } from './generate.ts';
import type { Column, Master, Solved } from './master.ts';
import { costOf, type PersonModel } from './model.ts';
import type { Slim } from './slim.ts';
import { shut, type SlimTask } from './slim-generate.ts';

export type SlimDive = {
  /** Cells of at least this share are decided first. */
  threshold: number;
  /** A round that gains less than this lets more be decided. */
  calm: number;
  /** Where the relaxation costs as much, nothing cheaper is expected below it. */
  cutoff: number;
  /** From then on something is decided at each step, so that the dive ends while there is time. */
  isLate: () => boolean;
};

type Share = { column: Column; value: number };

const mostSteps = 600;
const lowestThreshold = 0.5;

/** Pricing is quick while diving. */
const divePasses = { passes: 8, tolerance: 0.5, coarse: 5 };

/**
 * Decides cells that most of the relaxation agrees on, many at a time; then adds columns until little is gained, and decides
 * more (Strandmark, Qu and Curtois 2020). Gives one column for each of the task's people, or nothing where it ends nowhere.
 */
export function slimDive(
  context: Context,
  slims: Slim[],
  master: Master,
  task: SlimTask,
  first: Solved,
  { threshold, calm, cutoff, isLate }: SlimDive,
): Column[] | undefined {
  const { model, isOver } = context;
  const { choices } = model;
  const cells = new Float64Array(model.problem.days * choices);
  const closed = model.people.map(
    (_, place) => task.closed?.[place]?.slice() ?? new Uint8Array(cells.length),
  );
  let open = task.places;
  let solved = first;
  let before = Infinity;
  try {
    for (let step = 0; step < mostSteps && !isOver(); step++) {
      const shares = sharesOf(master, solved);
      const isHurried = isLate();
      const isCalm = isHurried || (before - solved.value < calm && solved.value <= before + 1e-6);
      before = solved.value;
      if (isCalm) {
        if (solved.value >= cutoff) return undefined;
        open = open.filter((place) => (shares.get(place)?.length ?? 0) !== 1);
        if (open.length === 0) return chosen(task.places, shares);
        if (!fix(context, open, shares, closed, isHurried ? lowestThreshold : threshold)) return undefined;
        master.setOff((column) => isClosed(column, closed[column.person], choices));
      }
      for (const place of open) {
        const person = model.people[place] as PersonModel;
        reduce(person, solved.prices, cells);
        shut(cells, closed[place] as Uint8Array);
        const priced = (slims[place] as Slim).price(cells, divePasses);
        for (const { days } of priced?.found ?? []) master.add(place, days, costOf(person, days, choices));
      }
      solved = master.solve();
      context.effort.spent += solved.effort + open.length * model.problem.days * 0.006;
    }
    return undefined;
  } finally {
    master.setOff(() => false);
  }
}

function sharesOf(master: Master, { x }: Solved): Map<number, Share[]> {
  const shares = new Map<number, Share[]>();
  x.forEach((value, index) => {
    if (value < 1e-6) return;
    const column = master.columns[index] as Column;
    const mine = shares.get(column.person);
    if (mine === undefined) shares.set(column.person, [{ column, value }]);
    else mine.push({ column, value });
  });
  return shares;
}

function chosen(places: number[], shares: Map<number, Share[]>): Column[] | undefined {
  const columns = places.flatMap((place) => shares.get(place)?.map(({ column }) => column) ?? []);
  return columns.length === places.length ? columns : undefined;
}

/** Closes the alternatives of cells with a large share; where there is none, those of one whole column. */
function fix(
  { model, random }: Context,
  open: number[],
  shares: Map<number, Share[]>,
  closed: Uint8Array[],
  threshold: number,
): boolean {
  const { choices } = model;
  for (let least = threshold; least >= lowestThreshold; least *= 0.9) {
    let isAny = false;
    for (const place of open)
      if (fixPerson(shares.get(place) ?? [], closed[place] as Uint8Array, choices, least)) isAny = true;
    if (isAny) return true;
  }
  const all = open.flatMap((place) => shares.get(place) ?? []);
  const rated = all.map((share) => ({ share, value: share.value + random() * 0.01 }));
  const best = rated.reduce<(typeof rated)[number] | undefined>(
    (found, each) => (found === undefined || each.value > found.value ? each : found),
    undefined,
  );
  if (best === undefined) return false;
  const { person, days } = best.share.column;
  days.forEach((choice, day) => decide(closed[person] as Uint8Array, day * choices + choice, choices));
  return true;
}

/** Duties only: days off follow from them. What is decided changes the shares of the rest. */
function fixPerson(given: Share[], mask: Uint8Array, choices: number, least: number): boolean {
  let shares = given;
  let isAny = false;
  for (;;) {
    const all = shares.reduce((sum, { value }) => sum + value, 0);
    const values = new Float64Array(mask.length);
    for (const { column, value } of shares) {
      column.days.forEach((choice, day) => {
        const cell = day * choices + choice;
        if (choice > 0) values[cell] = (values[cell] as number) + value / all;
      });
    }
    let best = -1;
    let most = least;
    for (let cell = 0; cell < values.length; cell++) {
      if ((values[cell] as number) < most || isAlone(mask, cell, choices)) continue;
      best = cell;
      most = values[cell] as number;
    }
    if (best < 0) return isAny;
    decide(mask, best, choices);
    isAny = true;
    const day = Math.floor(best / choices);
    shares = shares.filter(({ column }) => column.days[day] === best % choices);
  }
}

function isAlone(mask: Uint8Array, cell: number, choices: number): boolean {
  const base = cell - (cell % choices);
  for (let choice = 0; choice < choices; choice++)
    if (base + choice !== cell && mask[base + choice] === 0) return false;
  return true;
}
