import type { Context } from './context.ts';
import { generate, type Task } from './generate.ts';
import type { Column, Master, Solved } from './master.ts';

/** What a dive may cost before it gives up, and how finely it works. */
export type DiveLimits = { cutoff: number; rounds: number; tolerance: number };

/**
 * Fixes what the relaxation has nearly decided, prices again, and repeats until every person has one roster. Gives one
 * column for each of the task's people, or nothing where the dive cannot beat the cutoff.
 */
export function dive(
  context: Context,
  master: Master,
  task: Task,
  first: Solved,
  limits: DiveLimits,
): Column[] | undefined {
  const { model } = context;
  const closed: (Uint8Array | undefined)[] = model.people.map((_, place) => task.closed?.[place]?.slice());
  const depth = { ...task, closed };
  let solved = first;
  try {
    for (let step = 0; step < 400; step++) {
      const open = fractional(master, task.places, solved);
      if (open.size === 0) return whole(master, task.places, solved);
      const fixed = fixCells(context, master, solved, open, closed);
      if (fixed === 0 || context.isOver()) return undefined;
      master.setOff((column) => isClosed(column, closed[column.person], model.choices));
      const { solved: next, bound } = generate(context, master, depth, {
        tolerance: limits.tolerance,
        maxRounds: limits.rounds,
        cutoff: limits.cutoff,
        patience: 3,
      });
      if (bound >= limits.cutoff) return undefined;
      solved = next;
    }
    return undefined;
  } finally {
    master.setOff(() => false);
  }
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

/** Closes the alternatives of cells that are nearly decided; at least one that is open, the nearest first. */
function fixCells(
  { model, random }: Context,
  master: Master,
  { x }: Solved,
  open: Set<number>,
  closed: (Uint8Array | undefined)[],
): number {
  const { days } = model.problem;
  const { choices } = model;
  const values = new Map<number, Float64Array>();
  master.columns.forEach((column, index) => {
    const value = x[index] ?? 0;
    if (value < 1e-6 || !open.has(column.person)) return;
    const mine = values.get(column.person) ?? new Float64Array(days * choices);
    values.set(column.person, mine);
    column.days.forEach(
      (choice, day) => (mine[day * choices + choice] = (mine[day * choices + choice] ?? 0) + value),
    );
  });
  const candidates: { place: number; cell: number; value: number }[] = [];
  let decided = 0;
  for (const [place, mine] of values) {
    const mask = closed[place] ?? new Uint8Array(days * choices);
    closed[place] = mask;
    mine.forEach((value, cell) => {
      if (value < 0.3 || isDecided(mask, cell, choices)) return;
      if (value >= 0.999) {
        decide(mask, cell, choices);
        decided += 1;
      } else candidates.push({ place, cell, value: value + random() * 0.02 });
    });
  }
  candidates.sort((a, b) => b.value - a.value);
  const least = Math.max(1, Math.ceil(candidates.length * 0.04));
  let fixed = 0;
  for (const { place, cell, value } of candidates) {
    if (fixed >= least && value < 0.95) break;
    decide(closed[place] as Uint8Array, cell, choices);
    fixed += 1;
  }
  return fixed + (candidates.length === 0 ? decided : 0);
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
