import type { Roster } from '../types.ts';
import type { Common } from './counts.ts';
import { firstLedger } from './first-days.ts';
import { Ledger } from './ledger.ts';
import { costOf, type Model, type PersonModel } from './model.ts';
import type { Pressure } from './pressure.ts';
import { Pricer } from './price.ts';
import { SoftCover } from './soft-cover.ts';
import type { Tally } from './tally.ts';
import { canWalk, Walk } from './walk.ts';

export type Cooling = {
  /** How many changes are tried. */
  moves: number;
  /** Costs that are accepted with some chance, at the beginning and at the end. */
  hot: number;
  cold: number;
  /** What a broken hard sum costs for each duty, at the beginning and at the end. */
  hard: [number, number];
  /** What a person too few or too many costs at most where cover is hard, at the beginning and at the end. */
  cover: [number, number];
  isOver: () => boolean;
  /** Called with rosters that keep every rule of every person, each better than the one before. */
  better(roster: Roster, cost: number): void;
  /** Called some times while it is cool, with what stands; a few people may break hard sums. */
  sample?(roster: Roster): void;
  /** Learns prices of cover on the way. */
  pressure?: Pressure;
};

/** How often a whole run is sampled. */
const samples = 24;

/** How many changes are tried at one temperature. */
const stepMoves = 20_000;

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) on the whole roster by small changes: other days for a person, days
 * exchanged between two people, a block of days moved. Hard sums are priced, ever more; only rosters that keep them are given to `better`.
 */
export class Anneal {
  readonly #model: Model;
  readonly #random: () => number;
  readonly #common: Common;
  readonly #people: Tally[];
  readonly #counts: Int32Array;
  readonly #cover: SoftCover;
  readonly #wanted: Uint8Array[];
  readonly #open: number[][];
  readonly #costs: Float64Array;
  /** Whether everybody's days are followed along a graph, which takes a third of the time. */
  readonly isQuick: boolean;
  #heat = 1;

  constructor(model: Model, random: () => number, start?: Roster) {
    this.#model = model;
    this.#random = random;
    this.#common = { choices: model.choices, hard: 1, tables: new Map() };
    const { days } = model.problem;
    this.isQuick = canWalk(model);
    this.#people = model.people.map((person, place) => this.#begin(person, start?.[place]));
    this.#counts = new Int32Array(model.cover.rows.length);
    this.#cover = new SoftCover(model.cover);
    model.people.forEach((_, place) => {
      for (let day = 0; day < days; day++) this.#count(place, day, this.#people[place]?.days[day] ?? 0, 1);
    });
    this.#wanted = [new Uint8Array(days), new Uint8Array(days)];
    this.#costs = new Float64Array(42 * model.choices);
    this.#open = model.people.map(({ cells }) =>
      Array.from({ length: model.choices }, (_, choice) => choice).filter((choice) =>
        Array.from({ length: days }, (_, day) => cells[day * model.choices + choice]).some(
          (cost) => cost !== Infinity,
        ),
      ),
    );
  }

  #begin(person: PersonModel, given?: Uint8Array): Tally {
    const { choices } = this.#model;
    if (!this.isQuick)
      return given === undefined
        ? firstLedger(this.#model, person, this.#common)
        : new Ledger(person, given, this.#common);
    const days = given ?? new Pricer().price(person, person.cells, choices)?.days;
    return new Walk(person, days ?? new Uint8Array(this.#model.problem.days), choices);
  }

  /** Whether every person's sequences are legal to begin with. */
  get isPossible(): boolean {
    return this.#people.every(({ isPossible }) => isPossible);
  }

  get breaches(): number {
    return this.#people.reduce((sum, person) => sum + person.breaches(), 0);
  }

  roster(): Roster {
    return this.#people.map(({ days }) => days.slice());
  }

  total(): number {
    const model = this.#model;
    let sum = 0;
    model.cover.costs.forEach((costs, row) => (sum += costs[this.#counts[row] as number] as number));
    model.people.forEach(
      (person, place) => (sum += costOf(person, (this.#people[place] as Tally).days, model.choices)),
    );
    return sum;
  }

  /** Cools from `hot` to `cold`. */
  run({ moves, hot, cold, hard, cover, isOver, better, sample, pressure }: Cooling): void {
    const steps = Math.max(1, Math.ceil(moves / stepMoves));
    const everySteps = Math.max(1, Math.floor((steps * 0.6) / samples));
    let best = Infinity;
    for (let step = 0; step === 0 || (step < steps && !isOver()); step++) {
      const share = steps === 1 ? 1 : step / (steps - 1);
      this.#heat = hot * (cold / hot) ** share;
      this.#common.hard = hard[0] * (hard[1] / hard[0]) ** share;
      this.#cover.price(cover[0] * (cover[1] / cover[0]) ** share);
      for (let move = 0; move < stepMoves; move++) this.#try();
      if (share > 0.2 && share < 0.5) pressure?.note(this.#counts, this.#heat);
      if (share > 0.4 && step % everySteps === 0) sample?.(this.roster());
      const isLast = step === steps - 1;
      if (share < 0.3 && best < Infinity) continue;
      if (!isLast && this.breaches > this.#people.length / 4) continue;
      const tries = isLast ? 30 : 1;
      for (let turn = 0; turn < tries && this.breaches > 0 && !isOver(); turn++) this.#mend(isOver);
      if (this.breaches > 0) continue;
      const cost = this.total();
      if (cost < best) {
        best = cost;
        better(this.roster(), cost);
      }
    }
  }

  #pick(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #count(place: number, day: number, choice: number, sign: number): number {
    const rows = (this.#model.people[place] as PersonModel).rows[
      day * this.#model.choices + choice
    ] as Int32Array;
    const counts = this.#counts;
    let more = 0;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const costs = this.#cover.costs[row] as Float64Array;
      const count = counts[row] as number;
      more += (costs[count + sign] as number) - (costs[count] as number);
      counts[row] = count + sign;
    }
    return more;
  }

  #recount(place: number, wanted: Uint8Array, from: number, to: number, isBack: boolean): number {
    const { days } = this.#people[place] as Tally;
    let more = 0;
    for (let day = from; day < to; day++) {
      const old = days[day] as number;
      const now = wanted[day] as number;
      if (old === now) continue;
      more += this.#count(place, day, isBack ? now : old, -1);
      more += this.#count(place, day, isBack ? old : now, 1);
    }
    return more;
  }

  #try(): void {
    const kind = this.#random();
    if (kind < 0.004) this.#renew(this.#pick(this.#people.length));
    else if (kind < 0.4) this.#exchange();
    else if (kind < 0.75) this.#rewrite();
    else this.#shift();
  }

  #judge(own: number): boolean {
    return own <= 0 || this.#random() < Math.exp(-own / this.#heat);
  }

  #offer(place: number, wanted: Uint8Array, from: number, to: number): void {
    const tally = this.#people[place] as Tally;
    const own = tally.change(wanted, from, to);
    if (own === Infinity) return;
    const cover = this.#recount(place, wanted, from, to, false);
    if (this.#judge(own + cover)) {
      tally.take(wanted, from, to);
    } else this.#recount(place, wanted, from, to, true);
  }

  /** Other choices on one to four days of a person, such as the sequence allows. */
  #rewrite(): void {
    const place = this.#pick(this.#people.length);
    const tally = this.#people[place] as Tally;
    const wanted = this.#wanted[0] as Uint8Array;
    const { days } = tally;
    const length = 1 + Math.floor(this.#random() * this.#random() * 5);
    const from = this.#pick(days.length);
    const to = Math.min(days.length, from + length);
    const open = this.#open[place] as number[];
    let isSame = true;
    for (let day = from; day < to; day++) {
      const choice = this.#random() < 0.35 ? 0 : (open[this.#pick(open.length)] as number);
      wanted[day] = choice;
      if (choice !== days[day]) isSame = false;
    }
    if (!isSame) this.#offer(place, wanted, from, to);
  }

  /** Longer stretches for people whose sums do not hold yet. */
  #mend(isOver: () => boolean): void {
    this.#people.forEach((tally, place) => {
      for (let turn = 0; turn < 100 && tally.breaches() > 0 && !isOver(); turn++) this.#renew(place, 42);
    });
  }

  /** The days of a week or two that are cheapest for a person beside the others, but for some noise. */
  #renew(place: number, most = 14): void {
    const tally = this.#people[place] as Tally;
    const { choices } = this.#common;
    const { days } = tally;
    const from = this.#pick(Math.max(1, days.length - 3));
    const to = Math.min(days.length, from + 4 + this.#pick(most - 3));
    const { cells, rows } = this.#model.people[place] as PersonModel;
    const costs = this.#costs;
    for (let day = from; day < to; day++) {
      const old = days[day] as number;
      for (let choice = 0; choice < choices; choice++) {
        const cell = day * choices + choice;
        let cost = (cells[cell] as number) - Math.log(this.#random() + 1e-12) * this.#heat;
        const mine = rows[cell] as Int32Array;
        for (let index = 0; index < mine.length; index++) {
          const row = mine[index] as number;
          const list = this.#cover.costs[row] as Float64Array;
          const count = (this.#counts[row] as number) - (choice === old ? 1 : 0);
          cost += (list[count + 1] as number) - (list[count] as number);
        }
        costs[(day - from) * choices + choice] = cost;
      }
    }
    const wanted = this.#wanted[0] as Uint8Array;
    if (tally.cheapest(costs, from, to, wanted)) this.#offer(place, wanted, from, to);
  }

  /** A block of a person's days turned by a day or two, or two of their days exchanged. */
  #shift(): void {
    const place = this.#pick(this.#people.length);
    const { days } = this.#people[place] as Tally;
    const wanted = this.#wanted[0] as Uint8Array;
    const length = 2 + this.#pick(this.#random() < 0.5 ? 6 : 14);
    const from = this.#pick(Math.max(1, days.length - length + 1));
    const to = Math.min(days.length, from + length);
    const size = to - from;
    if (size < 2) return;
    if (this.#random() < 0.5) {
      const by = this.#random() < 0.5 ? 1 : size - 1;
      for (let day = 0; day < size; day++) wanted[from + day] = days[from + ((day + by) % size)] as number;
    } else {
      for (let day = from; day < to; day++) wanted[day] = days[day] as number;
      wanted[from] = days[to - 1] as number;
      wanted[to - 1] = days[from] as number;
      if (wanted[from] === days[from]) return;
    }
    this.#offer(place, wanted, from, to);
  }

  /** The same days of two people exchanged. Where both count in the same rows, cover stays as it is. */
  #exchange(): void {
    const one = this.#pick(this.#people.length);
    const two = this.#pick(this.#people.length);
    if (one === two) return;
    const first = this.#people[one] as Tally;
    const second = this.#people[two] as Tally;
    const all = first.days.length;
    const length = 1 + Math.floor(this.#random() * this.#random() * 14);
    const from = this.#pick(all);
    const to = Math.min(all, from + length);
    const [forOne, forTwo] = this.#wanted as [Uint8Array, Uint8Array];
    let isSame = true;
    for (let day = from; day < to; day++) {
      forOne[day] = second.days[day] as number;
      forTwo[day] = first.days[day] as number;
      if (forOne[day] !== forTwo[day]) isSame = false;
    }
    if (isSame) return;
    const own = first.change(forOne, from, to);
    if (own === Infinity) return;
    const other = second.change(forTwo, from, to);
    if (other === Infinity) return;
    const { people } = this.#model;
    if (people[one]?.rows === people[two]?.rows) {
      if (!this.#judge(own + other)) return;
      first.take(forOne, from, to);
      second.take(forTwo, from, to);
      return;
    }
    const cover = this.#recount(one, forOne, from, to, false) + this.#recount(two, forTwo, from, to, false);
    if (this.#judge(own + other + cover)) {
      first.take(forOne, from, to);
      second.take(forTwo, from, to);
    } else {
      this.#recount(one, forOne, from, to, true);
      this.#recount(two, forTwo, from, to, true);
    }
  }
}
