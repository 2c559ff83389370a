import type { Roster } from '../types.ts';
import { joinedPaths, type JoinedPaths } from './joined-paths.ts';
import { hardCover, type Model } from './model.ts';
import { Standing } from './standing.ts';
import { canWalk } from './walk.ts';

export type ExchangeRun = {
  /** How many exchanges are tried. */
  moves: number;
  /** Costs that are accepted with some chance, at the beginning and at the end. */
  hot: number;
  cold: number;
  isOver: () => boolean;
};

/** How many exchanges are tried at one temperature. */
const stepMoves = 20_000;

/** What is kept as the best is looked for after such a share of a run. */
const hotShare = 0.3;

/** Lengths of exchanges in sixteenths: a day, two days, up to a week, up to the whole period. */
const [oneDay, twoDays, week] = [2, 4, 14];

/** Logarithms of chances, as a table: in the innermost loop a logarithm would take as long as all else. */
const chances = 8192;
const logs = Float64Array.from({ length: chances }, (_, index) => -Math.log((index + 0.5) / chances));

/** Sums of costs differ by so little from what they are. */
const nothing = 1e-7;

/**
 * Whether exchanges alone can lead anywhere from a roster: there are two people, cover is hard both ways, everybody counts in the same rows, everybody's days
 * can be followed along graphs, and no wish is worth less than nothing.
 */
export function canExchange(model: Model): boolean {
  const { cover, people } = model;
  const isFirm = cover.rows.every(({ wanted }, row) =>
    (cover.costs[row] as Float64Array).every((cost, count) => count === wanted || cost >= hardCover),
  );
  const rows = people[0]?.rows;
  return (
    isFirm &&
    people.length > 1 &&
    people.every((person) => person.rows === rows && person.cells.every((cost) => cost >= 0)) &&
    canWalk(model)
  );
}

/** Whether a roster has the cover that exchanges keep. */
export const isCovered = ({ model, counts }: Standing): boolean =>
  model.cover.rows.every(({ wanted }, row) => counts[row] === wanted);

/** So many times as many exchanges are tried as other changes would be. */
export const exchangeFactor = 4;

/** How hot exchanges begin that leave nothing of a roster but its cover, as a share of a typical weight, */
export const freshHeat = 0.12;

/** and what is cool, in what two rosters differ by at least. */
export const leastHeat = 0.15;

/** The best roster that exchanges find from one that stands; that one where somebody's days are forbidden. */
export function exchanged(random: () => number, from: Standing, run: ExchangeRun): Standing {
  const exchange = new Exchange(from.model, random, from.days);
  return exchange.isPossible ? new Standing(from.model, exchange.run(run)) : from;
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) by exchanges alone: two people exchange the same days, so cover stays as it is.
 * Costs along graphs are reduced by those of the cheapest way to the end, so that what days cost so far is a bound: most exchanges are
 * refused after two or three days of one of the two.
 */
export class Exchange {
  readonly #people: number;
  readonly #period: number;
  readonly #choices: number;
  readonly #paths: JoinedPaths;
  readonly #days: Uint8Array;
  /** Where each person stands before each day, and what their days until then cost. */
  readonly #places: Int32Array;
  readonly #spent: Float64Array;
  /** The same for what is tried: of the one, then of the other. */
  readonly #freshPlaces: Int32Array;
  readonly #freshSpent: Float64Array;
  #freshEnd = 0;
  #noise: number;
  /** The best days of the cool part of a run, and what they cost; -Infinity before. */
  #best: Uint8Array;
  #least = -Infinity;
  readonly isPossible: boolean;

  constructor(model: Model, random: () => number, start: Roster) {
    const { days } = model.problem;
    this.#people = model.people.length;
    this.#period = days;
    this.#choices = model.choices;
    this.#paths = joinedPaths(model);
    this.#days = new Uint8Array(this.#people * days);
    this.#places = new Int32Array(this.#people * (days + 1));
    this.#spent = new Float64Array(this.#people * (days + 1));
    this.#freshPlaces = new Int32Array(2 * (days + 1));
    this.#freshSpent = new Float64Array(2 * (days + 1));
    this.#noise = Math.floor(random() * 0xffff_fffe) + 1;
    start.forEach((mine, person) => this.#days.set(mine, person * days));
    this.isPossible = start.every((_, person) => this.#follow(person));
    this.#best = this.#days;
  }

  /** Cools from `hot` to `cold`; gives the best roster of the cool part. */
  run({ moves, hot, cold, isOver }: ExchangeRun): Roster {
    const steps = Math.max(1, Math.ceil(moves / stepMoves));
    this.#best = this.#days;
    this.#least = -Infinity;
    for (let step = 0; step < steps && !isOver(); step++) {
      const share = steps === 1 ? 1 : step / (steps - 1);
      if (share >= hotShare && this.#least === -Infinity) {
        this.#best = this.#days.slice();
        this.#least = this.#total();
      }
      this.#cool(hot * (cold / hot) ** share);
    }
    return Array.from({ length: this.#people }, (_, person) =>
      this.#best.slice(person * this.#period, (person + 1) * this.#period),
    );
  }

  /** Tries exchanges at one temperature; keeps what costs less than the best. */
  #cool(heat: number): void {
    const days = this.#days;
    const spent = this.#spent;
    const people = this.#people;
    const period = this.#period;
    let noise = this.#noise;
    let total = this.#total();
    for (let move = 0; move < stepMoves; move++) {
      noise ^= noise << 13;
      noise ^= noise >>> 17;
      noise ^= noise << 5;
      const one = ((noise >>> 16) * people) >>> 16;
      const other = ((noise & 0xffff) * (people - 1)) >>> 16;
      const two = other < one ? other : other + 1;
      noise ^= noise << 13;
      noise ^= noise >>> 17;
      noise ^= noise << 5;
      const from = ((noise >>> 16) * period) >>> 16;
      if (days[one * period + from] === days[two * period + from]) continue;
      const kind = noise & 15;
      const drawn = (noise >>> 4) & 0xfff;
      const length =
        kind < oneDay
          ? 1
          : kind < twoDays
            ? 2
            : kind < week
              ? 1 + ((drawn * 7) >>> 12)
              : 1 + ((drawn * period) >>> 12);
      const to = Math.min(period, from + length);
      noise ^= noise << 13;
      noise ^= noise >>> 17;
      noise ^= noise << 5;
      const most = heat * (logs[noise >>> 19] as number);
      // The other gains at most what all their days from there on cost more than they must.
      const room = two * (period + 1);
      const gain = (spent[room + period] as number) - (spent[room + from] as number);
      const first = this.#change(one, two, from, to, most + gain, 0);
      if (first === Infinity) continue;
      const firstEnd = this.#freshEnd;
      const second = this.#change(two, one, from, to, most - first, period + 1);
      if (second === Infinity) continue;
      for (let day = from; day < to; day++) {
        const mine = days[one * period + day] as number;
        days[one * period + day] = days[two * period + day] as number;
        days[two * period + day] = mine;
      }
      this.#take(one, from, firstEnd, first, 0);
      this.#take(two, from, this.#freshEnd, second, period + 1);
      total += first + second;
      if (total >= this.#least - nothing) continue;
      this.#least = total;
      this.#best.set(days);
    }
    this.#noise = noise;
  }

  /** How much more the days of `person` cost with those of `giver` from day `from` up to (not with) `to`; Infinity where that is more than `most`. */
  #change(person: number, giver: number, from: number, to: number, most: number, room: number): number {
    const { next, cost, cells } = this.#paths;
    const choices = this.#choices;
    const period = this.#period;
    const days = this.#days;
    const places = this.#places;
    const spent = this.#spent;
    const freshPlaces = this.#freshPlaces;
    const freshSpent = this.#freshSpent;
    const own = person * (period + 1);
    const mine = person * period;
    const theirs = giver * period;
    const wishes = mine * choices;
    const limit = most + (spent[own + period] as number) + nothing;
    let place = places[own + from] as number;
    let sum = spent[own + from] as number;
    let day = from;
    for (; day < period && (day < to || place !== places[own + day]); day++) {
      const choice = days[(day < to ? theirs : mine) + day] as number;
      const at = place + choice;
      place = next[at] as number;
      sum += (cost[at] as number) + (cells[wishes + day * choices + choice] as number);
      if (sum > limit) return Infinity;
      freshPlaces[room + day + 1] = place;
      freshSpent[room + day + 1] = sum;
    }
    const more = sum - (spent[own + day] as number);
    if (more > most) return Infinity;
    this.#freshEnd = day;
    return more;
  }

  /** Makes the change of a person that was judged last. */
  #take(person: number, from: number, end: number, more: number, room: number): void {
    const period = this.#period;
    const own = person * (period + 1);
    for (let day = from + 1; day <= end; day++) {
      this.#places[own + day] = this.#freshPlaces[room + day] as number;
      this.#spent[own + day] = this.#freshSpent[room + day] as number;
    }
    for (let day = end + 1; day <= period; day++)
      this.#spent[own + day] = (this.#spent[own + day] as number) + more;
  }

  /** Follows a person's days from the first; false where they are forbidden. */
  #follow(person: number): boolean {
    const { next, cost, cells, roots } = this.#paths;
    const own = person * (this.#period + 1);
    let place = roots[person] as number;
    let sum = 0;
    this.#places[own] = place;
    for (let day = 0; day < this.#period; day++) {
      const cell = person * this.#period + day;
      const choice = this.#days[cell] as number;
      sum += (cost[place + choice] as number) + (cells[cell * this.#choices + choice] as number);
      if (sum === Infinity) return false;
      place = next[place + choice] as number;
      this.#places[own + day + 1] = place;
      this.#spent[own + day + 1] = sum;
    }
    return true;
  }

  /** What all cost more than each would by the cheapest way alone; followed anew, so that small errors do not add up. */
  #total(): number {
    let sum = 0;
    for (let person = 0; person < this.#people; person++) {
      this.#follow(person);
      sum += this.#spent[person * (this.#period + 1) + this.#period] as number;
    }
    return sum;
  }
}
