import type { Roster } from '../types.ts';
import type { Context } from './context.ts';
import { dive } from './dive.ts';
import { generate } from './generate.ts';
import { Master } from './master.ts';
import type { Model } from './model.ts';
import { construct, polish, priceSurely, Standing } from './standing.ts';
import { windowOf } from './window.ts';

export type StretchLimits = { unit: number; rounds: number; diveRounds: number };

/**
 * The best days of everybody in a window, by column generation and a dive. The roster changes in place; gives whether it did.
 * In an open window (nothing is decided behind it) any legal days are an improvement.
 */
export function solveWindow(
  context: Context,
  model: Model,
  roster: Roster,
  from: number,
  to: number,
  isOpen: boolean,
  limits: StretchLimits,
): boolean | number {
  const part = windowOf(model, roster, from, to, isOpen, { isOver: context.isOver });
  if (typeof part === 'number') return part;
  const places = part.people.map((_, place) => place);
  const current = roster.map((days) => days.slice(from, to));
  const local: Context = { ...context, model: part, tellRelaxation: () => undefined };
  const first = isOpen ? construct(part, context.pricer, places) : current;
  if ('place' in first) return first.place;
  const before = new Standing(part, first);
  const best = before.copy();
  polish(best, context.pricer, places, context.isOver);
  const found = limits.rounds === 0 ? best : improve(local, best, places, limits);
  if (!isOpen && found.total() >= before.total() - 1e-6) return false;
  found.days.forEach((days, place) => roster[place]?.set(days, from));
  return true;
}

function improve(context: Context, best: Standing, places: number[], limits: StretchLimits): Standing {
  const { model, highs } = context;
  const master = new Master(highs, model, places);
  try {
    places.forEach((place) => master.add(place, best.days[place] as Uint8Array, best.costs[place] ?? 0));
    const { solved } = generate(
      context,
      master,
      { places },
      { tolerance: limits.unit / 2, maxRounds: limits.rounds },
    );
    const columns = dive(context, master, { places }, solved, {
      cutoff: best.total() - limits.unit + 1e-4,
      rounds: limits.diveRounds,
      tolerance: limits.unit / 2,
    });
    if (columns === undefined) return best;
    const found = new Standing(
      model,
      columns.map(({ days }) => days),
    );
    polish(found, context.pricer, places, context.isOver);
    return found.total() < best.total() ? found : best;
  } finally {
    master.dispose();
  }
}

/**
 * First rosters of a long period, each better than the one before: a quick one, then one by column generation in each window.
 */
export function* rolls(context: Context, unit: number, length: number): Generator<Roster> {
  const quick = { unit, rounds: 0, diveRounds: 0 };
  for (const days of [14, 21, 28, 42]) {
    const roster = roll(context, days, Math.ceil(days / 14) * 7, quick);
    if (roster === undefined) continue;
    yield roster;
    break;
  }
  const careful = roll(context, length, 14, { unit, rounds: 25, diveRounds: 4 });
  if (careful !== undefined) yield careful;
}

/** A first roster of a long period: window after window, each with the days behind it undecided. */
export function roll(
  context: Context,
  length: number,
  stride: number,
  limits: StretchLimits,
): Roster | undefined {
  const { model } = context;
  const { days } = model.problem;
  const roster: Roster = model.people.map(() => new Uint8Array(days));
  for (let from = 0; ; from += stride) {
    const to = days - from < length + 4 ? days : from + length;
    if (!solveAround(context, roster, from, to, limits)) return undefined;
    if (to === days) return roster;
  }
}

/** Solves an open window. Somebody whom the days before leave no way on gets other days before. */
function solveAround(
  context: Context,
  roster: Roster,
  from: number,
  to: number,
  limits: StretchLimits,
): boolean {
  for (let tries = 0; tries <= roster.length && !context.isOver(); tries++) {
    const done = solveWindow(context, context.model, roster, from, to, true, limits);
    if (typeof done === 'boolean') return done;
    if (done < 0 || !unstick(context, roster, done, from, to)) return false;
  }
  return false;
}

/** Gives one person other days, from as few days before the window as will do, whatever they are worth. */
function unstick(
  { model, pricer, isOver }: Context,
  roster: Roster,
  place: number,
  from: number,
  to: number,
): boolean {
  for (const back of [14, 28, 56, 98, 154, 364]) {
    const start = Math.max(0, from - back);
    const part = windowOf(model, roster, start, to, true, { isOver, places: [place] });
    const person = typeof part === 'number' ? undefined : part.people[0];
    if (typeof part !== 'number' && person !== undefined) {
      const priced = priceSurely(part, person, person.cells, pricer);
      if (priced !== undefined && priced.cost !== Infinity) {
        roster[place]?.set(priced.days, start);
        return true;
      }
    }
    if (start === 0) return false;
  }
  return false;
}
