import { Anneal } from './anneal.ts';
import type { Context } from './context.ts';
import { cooled, firmnessOf } from './cool.ts';
import {
  canExchange,
  exchanged,
  exchangeFactor,
  freshHeat,
  isCovered,
  leastHeat,
  type ExchangeRun,
} from './exchange.ts';
import { Standing } from './standing.ts';
import { learnTry, nextTry, type Tried } from './tries.ts';
import { canWalk } from './walk.ts';

/** Each heat is so many times the one before, up to a share of a typical weight. */
const heatFactor = 2;
const mostHeat = 0.1;

/** A turn cools down to such a share of its heat, or the least heat. */
const coldShare = 0.2;

/** Changes tried in a turn: so many for each day of each person, but no more than these; and those between two looks. */
const movesADay = 1200;
const mostMoves = 1_000_000;
const stepMoves = 20_000;

/** Looks begin after such a share of a turn. */
const hotShare = 0.3;

/** Changes that take a unit of effort, where they are quick, and where they are exchanges alone. */
const movesAnEffort = 500;
const quickMovesAnEffort = 1500;
export const exchangesAnEffort = 8000;

/** How often the heat is left to chance; otherwise it is the one that gained most for its effort. */
const chanceShare = 0.3;

/** How much of what a heat has gained before still counts after its next turn, and what each is hoped to gain, in what two rosters differ by at least. */
const memory = 0.6;
const hopeShare = 0.5;

/** After so many turns without gain it begins anew, */
const patience = 6;

/**
 * with so many changes for each day of each person, and each time so many times as many; by exchanges, times as many as are tried for one other
 * change, up to a limit, and up to a share of all effort so far.
 */
export type Beginnings = { first: number; growth: number; most: number };
const usualBeginnings: Beginnings = { first: 5000, growth: 1.3, most: 15_000 };
const mostBeginning = 0.1;

type Heat = Tried & { heat: number };
type Heats = Omit<ExchangeRun, 'isOver'>;

/**
 * Anneals again from a roster that stands, at heats that follow what they have gained. Where changes are quick and gain nothing for long, it
 * begins anew: what one roster cannot be changed into, another may.
 */
export class Warm {
  readonly #heats: Heat[] = [];
  readonly #hard: number;
  readonly #cover: number;
  readonly #unit: number;
  readonly #least: number;
  readonly #weight: number;
  readonly #canExchange: boolean;
  readonly #isQuick: boolean;
  /** The roster of a new beginning, as long as that costs more than the best. */
  #other: Standing | undefined;
  /** What the best cost at the last turn, and how many turns since gained nothing. */
  #known = Infinity;
  #idle = 0;
  readonly #beginnings: Beginnings;
  #freshMovesADay: number;

  /** `unit` is what two rosters differ by at least. */
  constructor({ model }: Context, unit: number, beginnings = usualBeginnings) {
    this.#beginnings = beginnings;
    this.#freshMovesADay = beginnings.first;
    const { weight, hard, cover } = firmnessOf(model);
    this.#unit = unit;
    this.#least = unit * leastHeat;
    this.#weight = weight;
    this.#canExchange = canExchange(model);
    this.#isQuick = canWalk(model);
    this.#hard = hard;
    this.#cover = cover;
    for (let heat = this.#least; heat <= Math.max(this.#least, weight * mostHeat); heat *= heatFactor)
      this.#heats.push({ heat, gained: 0, spent: 0 });
  }

  /**
   * A roster that costs no more than the best given: a better one, or another of the same cost, where there is one. What was proven
   * best in parts of one need not be in parts of the other.
   */
  turn(context: Context, best: Standing): Standing {
    if (best.total() < this.#known - 1e-6) {
      this.#other = undefined;
      this.#idle = 0;
    }
    const from = this.#other ?? best;
    const mayExchange = this.#canExchange && isCovered(from);
    const isStuck = this.#idle >= patience && this.#isQuick;
    const found = !isStuck
      ? this.#again(context, from, mayExchange)
      : mayExchange
        ? this.#freshlyExchanged(context, best)
        : (this.#fresh(context) ?? best);
    this.#idle = isStuck || found.total() < from.total() - 1e-6 ? 0 : this.#idle + 1;
    const isHigher = found.total() > best.total() + 1e-6;
    this.#other = isHigher ? found : undefined;
    this.#known = Math.min(best.total(), found.total());
    return isHigher ? best : found;
  }

  /** Warms what stands a little, and cools it; gives the best roster of that. */
  #again(context: Context, from: Standing, mayExchange: boolean): Standing {
    const { model, random, effort } = context;
    const hope = this.#unit * hopeShare;
    const heat = nextTry(this.#heats, { chance: chanceShare, hope }, random);
    const { days, people } = model.problem;
    const moves = Math.min(mostMoves, movesADay * days * people.length);
    const cold = Math.max(this.#least, heat.heat * coldShare);
    const began = effort.spent;
    const heats = { hot: heat.heat, cold };
    const found = mayExchange
      ? this.#exchanged(context, from, { moves: moves * exchangeFactor, ...heats })
      : this.#annealed(context, from, { moves, ...heats });
    const best = found.total() < from.total() - 1e-6 ? found : from;
    learnTry(heat, memory, from.total() - best.total(), effort.spent - began);
    return found.total() <= from.total() + 1e-6 ? found : from;
  }

  #annealed(
    { model, random, isOver, effort }: Context,
    from: Standing,
    { moves, hot, cold }: Heats,
  ): Standing {
    const anneal = new Anneal(model, random, from.days);
    if (!anneal.isPossible) return from;
    const steps = Math.ceil(moves / stepMoves);
    let best = from;
    for (let step = 0; step < steps && !isOver(); step++) {
      const now = hot * (cold / hot) ** (step / Math.max(1, steps - 1));
      anneal.run({
        moves: stepMoves,
        hot: now,
        cold: now,
        hard: [this.#hard, this.#hard],
        cover: [this.#cover, this.#cover],
        isOver,
        better: () => undefined,
      });
      effort.spent += stepMoves / (anneal.isQuick ? quickMovesAnEffort : movesAnEffort);
      if (step < steps * hotShare || anneal.breaches > 0 || anneal.total() > best.total() + 1e-6) continue;
      best = new Standing(model, anneal.roster());
    }
    return best;
  }

  #exchanged({ random, isOver, effort }: Context, from: Standing, heats: Heats): Standing {
    effort.spent += heats.moves / exchangesAnEffort;
    return exchanged(random, from, { ...heats, isOver });
  }

  /** A roster whose exchanges begin so hot that nothing is left of the one before but its cover. */
  #freshlyExchanged(context: Context, from: Standing): Standing {
    const { days, people } = context.model.problem;
    const size = days * people.length;
    const moves = Math.round(this.#freshMovesADay * size);
    const { first, growth, most } = this.#beginnings;
    const enough = (mostBeginning * context.effort.spent * exchangesAnEffort) / (exchangeFactor * size);
    const next = Math.min(most, this.#freshMovesADay * growth, enough);
    this.#freshMovesADay = Math.max(first, next);
    const hot = Math.max(this.#least, this.#weight * freshHeat);
    return this.#exchanged(context, from, { moves: moves * exchangeFactor, hot, cold: this.#least });
  }

  /** A roster annealed from nothing. */
  #fresh(context: Context): Standing | undefined {
    const { days, people } = context.model.problem;
    const moves = Math.round(this.#freshMovesADay * days * people.length);
    this.#freshMovesADay *= this.#beginnings.growth;
    context.effort.spent += moves / quickMovesAnEffort;
    return cooled(context, { seconds: 0, moves, better: () => undefined });
  }
}
