import type { Roster } from '../types.ts';
import { forbidden, joinedPaths, type JoinedPaths } from './joined-paths.ts';
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
export const exchangeFactor = 3;

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
 * refused after two or three days of one of the two. Where no rule tells some choices apart, but wishes do, those who have them on a day
 * then take them from each other.
 */
export class Exchange {
  readonly #people: number;
  readonly #period: number;
  readonly #choices: number;
  readonly #paths: JoinedPaths;
  readonly #days: Uint8Array;
  /** The kind of each choice in `days`. */
  readonly #kinds: Uint8Array;
  /** Where each person stands before each day, and what their days until then cost, at the least of each kind. */
  readonly #places: Int32Array;
  readonly #spent: Float64Array;
  /** What the choices of a day cost all people above the least of their kinds. */
  readonly #extras: Float64Array;
  /** The same for what is tried: of the one, then of the other. */
  readonly #freshPlaces: Int32Array;
  readonly #freshSpent: Float64Array;
  readonly #freshExtras: Float64Array;
  #freshEnd = 0;
  /** Who took a choice from whom on a day, beside what is tried. */
  readonly #taken: number[] = [];
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
    this.#extras = new Float64Array(days);
    this.#freshPlaces = new Int32Array(2 * (days + 1));
    this.#freshSpent = new Float64Array(2 * (days + 1));
    this.#freshExtras = new Float64Array(days);
    this.#noise = Math.floor(random() * 0xffff_fffe) + 1;
    start.forEach((mine, person) => this.#days.set(mine, person * days));
    this.#kinds = this.#days.map((choice) => this.#paths.kindOf[choice] as number);
    this.isPossible = start.every((_, person) => this.#follow(person)) && this.#total() < forbidden;
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
    const kinds = this.#kinds;
    const spent = this.#spent;
    const extras = this.#extras;
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
      let from = ((noise >>> 16) * period) >>> 16;
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
      while (from < to && kinds[one * period + from] === kinds[two * period + from]) from += 1;
      if (from === to) continue;
      noise ^= noise << 13;
      noise ^= noise >>> 17;
      noise ^= noise << 5;
      const most = heat * (logs[noise >>> 19] as number);
      let extra = 0;
      for (let day = from; day < to; day++) extra += extras[day] as number;
      // The other gains at most what all their days from there on cost more than they must.
      const room = two * (period + 1);
      const gain = (spent[room + period] as number) - (spent[room + from] as number);
      const first = this.#change(one, two, from, to, most + extra + gain, 0);
      if (first === Infinity) continue;
      const firstEnd = this.#freshEnd;
      const second = this.#change(two, one, from, to, most + extra - first, period + 1);
      if (second === Infinity) continue;
      const more = this.#exchange(one, two, from, to) - extra;
      if (first + second + more > most) {
        this.#giveBack();
        this.#exchangeDays(one, two, from, to);
        continue;
      }
      this.#take(one, from, firstEnd, first, 0);
      this.#take(two, from, this.#freshEnd, second, period + 1);
      for (let day = from; day < to; day++) extras[day] = this.#freshExtras[day] as number;
      total += first + second + more;
      if (total >= this.#least - nothing) continue;
      this.#least = total;
      this.#best.set(this.#days);
    }
    this.#noise = noise;
  }

  /** Exchanges days of two people, and lets them take choices of the same kind from others; gives what these days then cost above the least of all kinds. */
  #exchange(one: number, two: number, from: number, to: number): number {
    const days = this.#days;
    const period = this.#period;
    const choices = this.#choices;
    const { extra } = this.#paths;
    this.#exchangeDays(one, two, from, to);
    this.#taken.length = 0;
    let sum = 0;
    for (let day = from; day < to; day++) {
      let now = this.#extras[day] as number;
      const mine = one * period + day;
      const theirs = two * period + day;
      const a = days[mine] as number;
      const b = days[theirs] as number;
      if (a !== b) {
        const before = (extra[mine * choices + b] as number) + (extra[theirs * choices + a] as number);
        now += (extra[mine * choices + a] as number) + (extra[theirs * choices + b] as number) - before;
        if (now > nothing) now = this.#mended(two, day, this.#mended(one, day, now));
      }
      this.#freshExtras[day] = now;
      sum += now;
    }
    return sum;
  }

  #exchangeDays(one: number, two: number, from: number, to: number): void {
    const days = this.#days;
    const kinds = this.#kinds;
    const mine = one * this.#period;
    const theirs = two * this.#period;
    for (let day = from; day < to; day++) {
      const choice = days[mine + day] as number;
      const kind = kinds[mine + day] as number;
      days[mine + day] = days[theirs + day] as number;
      kinds[mine + day] = kinds[theirs + day] as number;
      days[theirs + day] = choice;
      kinds[theirs + day] = kind;
    }
  }

  /** Lets a person take that choice of the same kind from another, for their own, which makes a day cheapest; gives what the day then costs above the least. */
  #mended(person: number, day: number, now: number): number {
    const days = this.#days;
    const kinds = this.#kinds;
    const period = this.#period;
    const choices = this.#choices;
    const { extra } = this.#paths;
    const own = person * period + day;
    const mine = days[own] as number;
    const ownCost = extra[own * choices + mine] as number;
    let best = -1;
    let most = nothing;
    for (let other = 0, cell = day; other < this.#people; other++, cell += period) {
      if (kinds[cell] !== kinds[own]) continue;
      const theirs = days[cell] as number;
      const before = ownCost + (extra[cell * choices + theirs] as number);
      if (before <= most) continue;
      const gain =
        before - (extra[own * choices + theirs] as number) - (extra[cell * choices + mine] as number);
      if (gain <= most) continue;
      most = gain;
      best = cell;
    }
    if (best < 0) return now;
    days[own] = days[best] as number;
    days[best] = mine;
    this.#taken.push(own, best);
    return now - most;
  }

  /** Gives back what was taken, the last first. */
  #giveBack(): void {
    const days = this.#days;
    for (let own = this.#taken.pop(), other = 0; own !== undefined; own = this.#taken.pop()) {
      other = this.#taken.pop() as number;
      const choice = days[own] as number;
      days[own] = days[other] as number;
      days[other] = choice;
    }
  }

  /** How much more the days of `person` cost with those of `giver` from day `from` up to (not with) `to`; Infinity where that is more than `most`. */
  #change(person: number, giver: number, from: number, to: number, most: number, room: number): number {
    const { kinds: width, next, cost, cells } = this.#paths;
    const period = this.#period;
    const kinds = this.#kinds;
    const places = this.#places;
    const spent = this.#spent;
    const freshPlaces = this.#freshPlaces;
    const freshSpent = this.#freshSpent;
    const own = person * (period + 1);
    const mine = person * period;
    const theirs = giver * period;
    const wishes = mine * width;
    const limit = most + (spent[own + period] as number) + nothing;
    let place = places[own + from] as number;
    let sum = spent[own + from] as number;
    let day = from;
    for (; day < period && (day < to || place !== places[own + day]); day++) {
      const kind = kinds[(day < to ? theirs : mine) + day] as number;
      const at = place + kind;
      place = next[at] as number;
      sum += (cost[at] as number) + (cells[wishes + day * width + kind] as number);
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
    const { kinds, next, cost, cells, roots } = this.#paths;
    const own = person * (this.#period + 1);
    let place = roots[person] as number;
    let sum = 0;
    this.#places[own] = place;
    for (let day = 0; day < this.#period; day++) {
      const cell = person * this.#period + day;
      const kind = this.#kinds[cell] as number;
      sum += (cost[place + kind] as number) + (cells[cell * kinds + kind] as number);
      if (sum === Infinity) return false;
      place = next[place + kind] as number;
      this.#places[own + day + 1] = place;
      this.#spent[own + day + 1] = sum;
    }
    return true;
  }

  /** What all cost more than each would by the cheapest way alone; followed anew, so that small errors do not add up. */
  #total(): number {
    let sum = 0;
    this.#extras.fill(0);
    for (let person = 0; person < this.#people; person++) {
      this.#follow(person);
      sum += this.#spent[person * (this.#period + 1) + this.#period] as number;
      for (let day = 0; day < this.#period; day++) {
        const cell = person * this.#period + day;
        const extra = this.#paths.extra[cell * this.#choices + (this.#days[cell] as number)] as number;
        this.#extras[day] = (this.#extras[day] as number) + extra;
        sum += extra;
      }
    }
    return sum;
  }
}
