import type { Context } from '../context.ts';
import { decide, isClosed } from '../dive.ts';
import { reduce } from '../generate.ts';
import type { Column, Solved } from '../master.ts';
import type { PersonModel } from '../model.ts';
import type { SlimMaster } from './saddle.ts';
import type { Slim } from './slim.ts';
import { shut, type SlimTask } from './generate.ts';

export type SlimDive = {
  /** Cells of at least this share are decided together. */
  threshold: number;
  /** What deciding may cost without turning back. */
  calm: number;
  /** Where the relaxation costs as much, nothing cheaper is expected below it. */
  cutoff: number;
  /** Which share of the time it may take has passed; always 0 where it has all the time. */
  passed: () => number;
  /** Called after each decision: the value of the relaxation, and how many people are still open. */
  tell?: (value: number, open: number) => void;
};

type Share = { column: Column; value: number };

/** A person's cell that is decided, or closed, and what of that day was closed before. */
type Change = { place: number; cell: number; before: Uint8Array };

/** Changes that cost too much, the value with them, and the relaxation before. */
type Tried = { changes: Change[]; value: number; solved: Solved; shares: Map<number, Share[]> };

/** The cell that most of a person's shares agree on, among those that are not decided. */
type Choice = { place: number; shares: Share[]; cell: number; value: number };

/** From such a share on a cell is usually decided. */
export const usualThreshold = 0.75;

/** What cells that are decided together may lack of a share of 1, summed. */
const leastBudget = 0.02;

/** Where decisions cost more than this share of the relaxation, some people are free again; so often at most. */
const aimShare = 0.006;
const mostReleases = 8;
const releasedShare = 0.25;
const aimGrowth = 0.25;

/** So many rounds of columns at most follow each decision. */
const mostRounds = 30;

/** About so much do the cells of a person lack of a share of 1 that are decided until all are. */
const lackEach = 2;

/** Pricing is quick while diving. */
const divePasses = { passes: 8, tolerance: 0.1, coarse: 1, width: 200 };

/**
 * Decides cells that most of the relaxation agrees on, many at a time, and adds columns until that is mended (Strandmark, Qu
 * and Curtois 2020). What cannot be mended is taken back: fewer are decided then, and a single cell is closed instead where that costs
 * less. Gives one column for each of the task's people, those of the largest shares once its time is over; nothing where it ends nowhere;
 * and says so where its first step took so long that there is no time for all.
 */
export function slimDive(
  context: Context,
  slims: Slim[],
  master: SlimMaster,
  task: SlimTask,
  first: Solved,
  limits: SlimDive,
): Column[] | 'too long' | undefined {
  const dive = new Dive(context, slims, master, task, first, limits);
  try {
    return dive.run();
  } finally {
    master.setOff(() => false);
  }
}

class Dive {
  readonly #context: Context;
  readonly #slims: Slim[];
  readonly #master: SlimMaster;
  readonly #task: SlimTask;
  readonly #limits: SlimDive;
  readonly #closed: Uint8Array[];
  readonly #cells: Float64Array;
  #solved: Solved;
  #shares: Map<number, Share[]>;

  constructor(
    context: Context,
    slims: Slim[],
    master: SlimMaster,
    task: SlimTask,
    first: Solved,
    limits: SlimDive,
  ) {
    const { model } = context;
    this.#context = context;
    this.#slims = slims;
    this.#master = master;
    this.#task = task;
    this.#limits = limits;
    this.#solved = first;
    this.#shares = sharesOf(master, first);
    this.#cells = new Float64Array(model.problem.days * model.choices);
    this.#closed = model.people.map(() => new Uint8Array(this.#cells.length));
  }

  run(): Column[] | 'too long' | undefined {
    const { calm, cutoff, passed, tell } = this.#limits;
    const began = passed();
    const { places } = this.#task;
    const days = this.#context.model.problem.days;
    const mostBudget = Math.max(1, places.length / 40, (places.length * days) / 7000);
    let budget = mostBudget / 2;
    const low = this.#solved.value;
    let aim = low + Math.max(4 * calm, aimShare * Math.abs(low));
    let turns = places.length * 4;
    let releases = mostReleases;
    let isFirst = true;
    while (!this.#context.isOver()) {
      const { value } = this.#solved;
      const open = this.#open();
      tell?.(value, open.length);
      if (open.length === 0) return this.#largest();
      if (value >= cutoff) return undefined;
      const chosen = this.#choose(open, budget, this.#limits.threshold);
      const first = this.#tried(this.#decide(chosen), value + calm);
      const took = passed() - began;
      if (isFirst && (took * open.length * lackEach) / mostBudget > 1) return 'too long';
      if (took > 1) return this.#largest();
      isFirst = false;
      if (first === undefined) {
        budget = Math.min(mostBudget, budget * 1.5);
        continue;
      }
      if (turns <= 0) continue;
      turns -= 1;
      this.#undo(first);
      if (chosen.length > 1) {
        budget = Math.max(leastBudget, budget / 4);
        const few = this.#tried(this.#decide(chosen.slice(0, Math.floor(chosen.length / 4))), value + calm);
        if (few === undefined) continue;
        this.#undo(few);
        budget = leastBudget;
        continue;
      }
      const [one] = chosen;
      if (one === undefined) return undefined;
      const other = this.#tried(this.#shut(one), value + calm);
      if (other !== undefined && other.value > first.value) {
        this.#undo(other);
        this.#decide(chosen);
        this.#settle(first.value + calm);
      }
      if (this.#solved.value <= aim || releases <= 0) continue;
      releases -= 1;
      this.#release();
      this.#settle(aim - calm);
      aim += (aim - low) * aimGrowth;
    }
    return undefined;
  }

  /** The roster of everybody's largest share; nothing where somebody has none. */
  #largest(): Column[] | undefined {
    const { places } = this.#task;
    const columns = places.flatMap((place) => {
      const [first, ...more] = this.#shares.get(place) ?? [];
      if (first === undefined) return [];
      return [more.reduce((most, other) => (other.value > most.value ? other : most), first).column];
    });
    return columns.length === places.length ? columns : undefined;
  }

  /** Mends the relaxation after changes; where it costs more than a goal, what they were and what it stood at before. */
  #tried(changes: Change[], goal: number): Tried | undefined {
    const before = { solved: this.#solved, shares: this.#shares };
    this.#settle(goal);
    const { value } = this.#solved;
    return value <= goal ? undefined : { changes, value, ...before };
  }

  /** Takes back all that was decided about some people. */
  #release(): void {
    const { random } = this.#context;
    for (const place of this.#task.places) {
      if (random() > releasedShare) continue;
      (this.#closed[place] as Uint8Array).fill(0);
    }
  }

  #open(): number[] {
    return this.#task.places.filter((place) => (this.#shares.get(place)?.length ?? 0) !== 1);
  }

  /** Cells with the largest shares of all, until what they lack of 1 is a budget; one at least. */
  #choose(open: number[], budget: number, threshold: number): { place: number; cell: number }[] {
    const each = open.map((place) => this.#agreed(place, this.#shares.get(place) ?? []));
    const chosen: { place: number; cell: number }[] = [];
    const masks = new Map<number, Uint8Array>();
    for (let left = budget; ;) {
      const best = each.reduce((most, other) => (other.value > most.value ? other : most), each[0] as Choice);
      const lost = 1 - best.value;
      if (best.cell < 0 || (chosen.length > 0 && (lost > left || best.value < threshold))) break;
      left -= lost;
      const { place, cell } = best;
      chosen.push({ place, cell });
      const { choices } = this.#context.model;
      const mask = masks.get(place) ?? (this.#closed[place] as Uint8Array).slice();
      masks.set(place, mask);
      decide(mask, cell, choices);
      const day = Math.floor(cell / choices);
      const shares = best.shares.filter(({ column }) => column.days[day] === cell % choices);
      Object.assign(best, this.#agreed(place, shares, mask));
    }
    return chosen;
  }

  /** Duties only: days off follow from them. */
  #agreed(place: number, shares: Share[], mask = this.#closed[place] as Uint8Array): Choice {
    const { choices } = this.#context.model;
    const all = shares.reduce((sum, { value }) => sum + value, 0);
    const values = new Float64Array(mask.length);
    for (const { column, value } of shares) {
      column.days.forEach((choice, day) => {
        const cell = day * choices + choice;
        if (choice > 0) values[cell] = (values[cell] as number) + value / all;
      });
    }
    let best = -1;
    let most = 0;
    for (let cell = 0; cell < values.length; cell++) {
      if ((values[cell] as number) <= most || isAlone(mask, cell, choices)) continue;
      best = cell;
      most = values[cell] as number;
    }
    return { place, shares, cell: best, value: most };
  }

  #decide(cells: { place: number; cell: number }[]): Change[] {
    return cells.map((each) =>
      this.#change(each, (mask, cell) => decide(mask, cell, this.#context.model.choices)),
    );
  }

  #shut(each: { place: number; cell: number }): Change[] {
    return [this.#change(each, (mask, cell) => (mask[cell] = 1))];
  }

  #change(
    { place, cell }: { place: number; cell: number },
    act: (mask: Uint8Array, cell: number) => void,
  ): Change {
    const { choices } = this.#context.model;
    const mask = this.#closed[place] as Uint8Array;
    const base = cell - (cell % choices);
    const before = mask.slice(base, base + choices);
    act(mask, cell);
    return { place, cell, before };
  }

  #undo({ changes, solved, shares }: Tried): void {
    const { choices } = this.#context.model;
    for (const { place, cell, before } of changes.toReversed())
      (this.#closed[place] as Uint8Array).set(before, cell - (cell % choices));
    this.#solved = solved;
    this.#shares = shares;
  }

  /** Adds columns until the relaxation costs no more than a goal, or little is gained. */
  #settle(goal: number, rounds = mostRounds): void {
    const { context, closed } = { context: this.#context, closed: this.#closed };
    const { model, isOver, effort } = context;
    const { choices } = model;
    this.#master.setOff((column) => isClosed(column, closed[column.person], choices));
    this.#solve();
    let idle = 0;
    for (let round = 0; round < rounds && this.#solved.value > goal && !isOver(); round++) {
      const before = this.#solved.value;
      const open = this.#open();
      let isNew = false;
      for (const place of open) {
        const person = model.people[place] as PersonModel;
        reduce(person, this.#solved.prices, this.#cells);
        shut(this.#cells, closed[place] as Uint8Array);
        const slim = this.#slims[place] as Slim;
        const priced = slim.price(this.#cells, divePasses);
        effort.spent += priced?.effort ?? 0;
        for (const { days } of priced?.found ?? [])
          if (this.#master.add(place, days, slim.costOf(person.cells, days))) isNew = true;
      }
      if (!isNew) return;
      this.#solve();
      idle = before - this.#solved.value < this.#limits.calm / 2 ? idle + 1 : 0;
      if (idle >= 2) return;
    }
  }

  #solve(): void {
    this.#solved = this.#master.solve();
    this.#context.effort.spent += this.#solved.effort;
    this.#shares = sharesOf(this.#master, this.#solved);
  }
}

function sharesOf(master: SlimMaster, { x }: Solved): Map<number, Share[]> {
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

function isAlone(mask: Uint8Array, cell: number, choices: number): boolean {
  const base = cell - (cell % choices);
  for (let choice = 0; choice < choices; choice++)
    if (base + choice !== cell && mask[base + choice] === 0) return false;
  return true;
}
