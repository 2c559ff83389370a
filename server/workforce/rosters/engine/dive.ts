import type { Context } from './context.ts';
import { generate, type Generated, type Task } from './generate.ts';
import type { Column, Master, Solved } from './master.ts';

export type DiveLimits = {
  /** Nothing that costs this or more is of use. The nearer it is to the bound, the sooner a dive turns back. */
  cutoff: number;
  /** Where that leads nowhere, the part that was decided farthest is finished below this, if that is higher. */
  otherwise?: number;
  rounds: number;
  tolerance: number;
  /** How often a dive may turn back before it gives up. */
  turns?: number;
  /** Whether what ends nowhere is rounded: everybody takes the roster that the part decided farthest uses most. */
  mayRound?: boolean;
  /** How much effort what aims at the cutoff may take; with what is finished below `otherwise`, twice as much. */
  effort?: number;
};

const fewTurns = 4;

/** How often a dive may turn back once it only wants to end. */
const lastTurns = 3;

/** A part of all rosters with its relaxation, and how many people are not decided there. */
type Part = { closed: Uint8Array[]; solved: Solved; prices: Float64Array; open: number };

/** After so many rounds without progress a part is taken as it is. */
const patience = 8;

/** What a dive begins with, and its largest and usual share of the cells that it decides at once. */
const firstShare = 0.06;
const mostShare = 0.1;
const shareAfterTurn = 0.03;

/** Cells of which the relaxation uses less are no candidates, those of which it uses more are all decided. */
const leastValue = 0.3;
const surely = 0.98;

/**
 * Decides what the relaxation has nearly decided, prices again, and repeats until every person has one roster. Where that leads to
 * the cutoff it decides fewer cells at once; where one cell alone leads there, it closes that cell and goes on. From parts
 * where nothing is left it comes back and closes the cell of its last decision that was least sure. Gives one column for each of the task's
 * people, or nothing where it gave up.
 */
export function dive(
  context: Context,
  master: Master,
  task: Task,
  first: Solved,
  limits: DiveLimits,
): Column[] | undefined {
  const { model } = context;
  const { choices } = model;
  const size = model.problem.days * choices;
  const mostTurns = limits.turns ?? fewTurns;
  let isLast = false;
  const { effort } = context;
  const most = limits.effort ?? Infinity;
  const began = effort.spent;
  const isOver = (): boolean => context.isOver() || effort.spent - began > (isLast ? 2 * most : most);
  const inside: Context = { ...context, isOver };
  let { cutoff } = limits;
  let turns = 0;
  let share = firstShare;
  let farthest: Part = { closed: [], solved: first, prices: first.prices, open: Infinity };
  const solve = (
    closed: Uint8Array[],
    enough: number,
    prices: Float64Array,
  ): Generated & { isAlive: boolean } => {
    master.setOff((column) => isClosed(column, closed[column.person], choices));
    const { tolerance, rounds } = limits;
    const found = generate(
      inside,
      master,
      { ...task, closed },
      { tolerance, maxRounds: rounds, cutoff, enough, patience, prices },
    );
    const isLow = found.solved.value < cutoff + tolerance || found.rounds === rounds;
    return { ...found, isAlive: found.bound < cutoff && isLow };
  };
  const search = (begin: Uint8Array[], start: Solved, from: Float64Array): Column[] | undefined => {
    let closed = begin;
    let solved = start;
    let prices = from;
    while (!isOver()) {
      const open = fractional(master, task.places, solved);
      if (open.size === 0) return whole(master, task.places, solved);
      if (open.size < farthest.open) farthest = { closed, solved, prices, open: open.size };
      const list = candidates(context, master, solved, open, closed, size);
      const count = Math.ceil(list.length * share);
      const taken = list.filter(({ value }, index) => index < count || value >= surely);
      const last = taken.at(-1);
      if (last === undefined) return undefined;
      const decided = closed.slice();
      for (const { place, cell } of taken)
        decided[place] = changed(decided[place], (mask) => decide(mask, cell, choices));
      const below = solve(decided, solved.value + limits.tolerance / 10, prices);
      if (below.isAlive) {
        share = Math.min(mostShare, share * 1.3);
        const found = search(decided, below.solved, below.prices ?? prices);
        if (found !== undefined) return found;
        turns += 1;
        if (turns > mostTurns || isOver()) return undefined;
        share = shareAfterTurn;
      } else if (count > 1) {
        share /= 3;
        continue;
      }
      closed = closed.slice();
      closed[last.place] = changed(closed[last.place], (mask) => (mask[last.cell] = 1));
      const beside = solve(closed, solved.value + limits.tolerance / 10, prices);
      if (!beside.isAlive) return undefined;
      solved = beside.solved;
      prices = beside.prices ?? prices;
    }
    return undefined;
  };
  try {
    const none = model.people.map((_, place) => task.closed?.[place] ?? new Uint8Array(size));
    const found = search(none, first, first.prices);
    const isHigher = (limits.otherwise ?? -Infinity) > cutoff;
    const rounded = (): Column[] | undefined =>
      limits.mayRound === true ? mostUsed(master, task.places, farthest.solved) : undefined;
    if (found !== undefined) return found;
    if (!isHigher || context.isOver()) return rounded();
    isLast = true;
    cutoff = limits.otherwise ?? cutoff;
    turns = Math.max(0, mostTurns - lastTurns);
    share = firstShare;
    return search(farthest.closed, farthest.solved, farthest.prices) ?? rounded();
  } finally {
    master.setOff(() => false);
  }
}

function changed(mask: Uint8Array | undefined, change: (mask: Uint8Array) => void): Uint8Array {
  const copy = mask?.slice() ?? new Uint8Array(0);
  change(copy);
  return copy;
}

/** People whose roster is not decided. */
export function fractional(master: Master, places: number[], { x }: Solved): Set<number> {
  const most = new Map<number, number>();
  x.forEach((value, index) => {
    const person = master.columns[index]?.person ?? -1;
    most.set(person, Math.max(most.get(person) ?? 0, value));
  });
  return new Set(places.filter((place) => (most.get(place) ?? 0) < 0.999));
}

/** One column for each person, where the relaxation has decided. */
export function whole(master: Master, places: number[], { x }: Solved): Column[] | undefined {
  const chosen = new Map<number, Column>();
  master.columns.forEach((column, index) => {
    if ((x[index] ?? 0) > 0.5) chosen.set(column.person, column);
  });
  if (chosen.size < places.length) return undefined;
  return places.map((place) => chosen.get(place) as Column);
}

/** The column of each person that a relaxation uses most. */
function mostUsed(master: Master, places: number[], { x }: Solved): Column[] {
  const most = new Map<number, { column: Column; value: number }>();
  x.forEach((value, index) => {
    const column = master.columns[index] as Column;
    if (value > (most.get(column.person)?.value ?? -1)) most.set(column.person, { column, value });
  });
  return places.flatMap((place) => most.get(place)?.column ?? []);
}

type Candidate = { place: number; cell: number; value: number };

/** Open cells that the relaxation uses, the surest first; chance breaks ties. */
function candidates(
  { model, random }: Context,
  master: Master,
  { x }: Solved,
  open: Set<number>,
  closed: Uint8Array[],
  size: number,
): Candidate[] {
  const { choices } = model;
  const values = new Map<number, Float64Array>();
  master.columns.forEach(({ person, days }, index) => {
    const value = x[index] ?? 0;
    if (value < 1e-6 || !open.has(person)) return;
    const mine = values.get(person) ?? new Float64Array(size);
    values.set(person, mine);
    for (let day = 0; day < days.length; day++) {
      const cell = day * choices + (days[day] as number);
      mine[cell] = (mine[cell] as number) + value;
    }
  });
  const found: Candidate[] = [];
  for (const [place, mine] of values) {
    const mask = closed[place] as Uint8Array;
    mine.forEach((value, cell) => {
      if (value >= leastValue && !isDecided(mask, cell, choices))
        found.push({ place, cell, value: value + random() * 0.02 });
    });
  }
  return found.sort((a, b) => b.value - a.value);
}

function isDecided(mask: Uint8Array, cell: number, choices: number): boolean {
  const base = cell - (cell % choices);
  for (let choice = 0; choice < choices; choice++) {
    if (base + choice !== cell && mask[base + choice] === 0) return false;
  }
  return true;
}

/** Closes the other choices of a day. */
export function decide(mask: Uint8Array, cell: number, choices: number): void {
  const base = cell - (cell % choices);
  for (let choice = 0; choice < choices; choice++) if (base + choice !== cell) mask[base + choice] = 1;
}

/** Whether a column uses a closed cell. */
export function isClosed(column: Column, mask: Uint8Array | undefined, choices: number): boolean {
  if (mask === undefined) return false;
  const { days } = column;
  for (let day = 0; day < days.length; day++) if (mask[day * choices + (days[day] ?? 0)] === 1) return true;
  return false;
}
