import type { Person, Roster } from '../types.ts';
import type { Context } from './context.ts';
import { canExchange, exchanged, isCovered } from './exchange.ts';
import { modelOf, type Model } from './model.ts';
import { Standing } from './standing.ts';
import { exchangesAnEffort, Warm, type Beginnings } from './warm.ts';

/** Long beginnings end well more often than as many short ones. */
const beginnings: Beginnings = { first: 5000, growth: 2, most: 90_000 };

/** How many exchanges hand out the duties of each day of each person, and from what heat to what heat, in what two rosters differ by at least. */
const dutyMoves = 2500;
const dutyHeats = { hot: 2, cold: 0.15 };

/**
 * Decides who works on which day before who has which duty: it anneals again and again without the rules that tell one duty from another, and
 * hands out the duties of whatever costs less than the best roster. Without those rules much less has to fit, and an exchange is refused far less
 * often. Where they weigh much beside days at work and days off, what it finds costs more with duties, and is not taken.
 */
export class WhoFirst {
  readonly #coarse: Model;
  readonly #warm: Warm;
  readonly #unit: number;
  #current: Standing | undefined;

  /** `unit` is what two rosters differ by at least. */
  constructor(context: Context, coarse: Model, unit: number) {
    this.#coarse = coarse;
    this.#unit = unit;
    this.#warm = new Warm({ ...context, model: coarse }, unit, beginnings);
  }

  /** A roster that may cost less than the best, where what is left without those rules does. */
  turn(context: Context, best: Standing): Standing | undefined {
    if (!isCovered(best)) return undefined;
    const given = new Standing(this.#coarse, best.days);
    const current =
      this.#current === undefined || given.total() < this.#current.total() - 1e-6 ? given : this.#current;
    this.#current = this.#warm.turn({ ...context, model: this.#coarse }, current);
    if (this.#current.total() > best.total() - this.#unit / 2) return undefined;
    return withDuties(context, this.#current.days, this.#unit);
  }
}

/**
 * The same problem without the rules that tell one duty from another; nothing where there are none, or where exchanges cannot keep cover. A
 * roster costs no less than it does there.
 */
export function coarseOf(model: Model): Model | undefined {
  if (!canExchange(model)) return undefined;
  const { people, problem } = model;
  const kept = people.map(({ machines }) =>
    machines.filter(({ kindOf }) =>
      problem.duties.every((_, choice) => choice < 2 || kindOf(choice) === kindOf(1)),
    ),
  );
  if (kept.every((machines, place) => machines.length === people[place]?.machines.length)) return undefined;
  const coarse = modelOf({
    ...problem,
    people: people.map(({ index }, place) => ({
      ...(problem.people[index] as Person),
      rules: kept[place]?.map(({ rule }) => rule) ?? [],
    })),
  });
  return canExchange(coarse) ? coarse : undefined;
}

/** Hands out each day's duties among those who work on it, by exchanges of two who do; the cheapest way that these find. */
export function withDuties({ model, random, isOver, effort }: Context, days: Roster, unit: number): Standing {
  const { choices, problem } = model;
  const people = model.people.map((person, place) => ({
    ...person,
    cells: person.cells.map((cost, cell) => {
      const isAtWork = days[place]?.[Math.floor(cell / choices)] !== 0;
      return isAtWork === cell % choices > 0 ? cost : Infinity;
    }),
  }));
  const moves = dutyMoves * problem.days * people.length;
  effort.spent += moves / exchangesAnEffort;
  const heats = { hot: unit * dutyHeats.hot, cold: unit * dutyHeats.cold };
  const found = exchanged(random, new Standing({ ...model, people }, days), { ...heats, moves, isOver });
  return new Standing(model, found.days);
}
