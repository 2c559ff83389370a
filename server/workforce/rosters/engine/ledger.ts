import {
  amountOf,
  behind,
  blockCost,
  sumCost,
  blocksOf,
  sumOf,
  sumsByWeek,
  tableOf,
  type Blocks,
  type Common,
  type Sum,
  type Table,
} from './counts.ts';
import type { Stepper } from './machine.ts';
import type { PersonModel } from './model.ts';
import type { Tally } from './tally.ts';

/** States of one machine before each day, and what each day paid. */
type Track = {
  machine: Stepper;
  states: Int32Array;
  paid: Float64Array;
  fresh: Int32Array;
  dues: Float64Array;
  end: number;
};

/**
 * One person's days with what every rule has counted, so that a change of a few days is judged without reading the rest.
 * Sequences (runs, successions, windows) are exact: what they forbid is refused. Hard limits of sums and blocks may be
 * broken at a price, so that a search can pass through.
 */
export class Ledger implements Tally {
  readonly days: Uint8Array;
  readonly #person: PersonModel;
  readonly #common: Common;
  readonly #table: Table | undefined;
  readonly #states: Int32Array;
  readonly #fresh: Int32Array;
  #freshEnd = 0;
  #value = new Float64Array(0);
  #chosen = new Uint8Array(0);
  readonly #tracks: Track[];
  readonly #sums: Sum[];
  readonly #sumsIn: number[][];
  readonly #totals: Float64Array;
  readonly #shift: Float64Array;
  readonly #touched: number[] = [];
  readonly #isTouched: Uint8Array;
  readonly #blocks: Blocks[];
  readonly #inBlock: Int16Array[];
  readonly #worked: Int32Array;
  readonly #blockShift: Int32Array;

  constructor(person: PersonModel, days: Uint8Array, common: Common) {
    const { machines } = person;
    const { choices } = common;
    this.days = days.slice();
    this.#person = person;
    this.#common = common;
    const count = days.length;
    const sequences = machines.filter(({ rule }) => rule.kind !== 'count' && rule.kind !== 'blocks');
    const { table, rest } = tableOf(sequences, common);
    this.#table = table;
    this.#states = new Int32Array(count + 1);
    this.#fresh = new Int32Array(count + 1);
    this.#tracks = rest.map((machine) => ({
      machine,
      states: new Int32Array(count + 1),
      paid: new Float64Array(count),
      fresh: new Int32Array(count + 1),
      dues: new Float64Array(count),
      end: 0,
    }));
    this.#sums = machines.flatMap(({ rule }) => (rule.kind === 'count' ? [sumOf(rule)] : []));
    this.#sumsIn = sumsByWeek(this.#sums, count, choices);
    this.#totals = new Float64Array(this.#sums.length);
    this.#shift = new Float64Array(this.#sums.length);
    this.#isTouched = new Uint8Array(this.#sums.length);
    this.#blocks = machines.flatMap(({ rule }) =>
      rule.kind === 'blocks' ? [blocksOf(rule, count, choices)] : [],
    );
    this.#inBlock = this.#blocks.map(({ rule }) => new Int16Array(rule.blocks.length));
    this.#worked = new Int32Array(this.#blocks.length);
    this.#blockShift = new Int32Array(this.#blocks.length);
    this.#begin();
  }

  isPossible = true;

  #begin(): void {
    const { days } = this;
    const { choices } = this.#common;
    if (this.#table !== undefined) {
      let state = (this.#states[0] = this.#table.start);
      for (let day = 0; day < days.length; day++) {
        state = this.#table.next[state * choices + (days[day] ?? 0)] ?? -1;
        if (state < 0) return void (this.isPossible = false);
        this.#states[day + 1] = state;
      }
      if (this.#table.ends[state] === Infinity) this.isPossible = false;
    }
    for (const track of this.#tracks) {
      let state = (track.states[0] = track.machine.start);
      for (let day = 0; day < days.length; day++) {
        state = track.machine.step(state, day, days[day] ?? 0);
        if (state < 0) return void (this.isPossible = false);
        track.states[day + 1] = state;
        track.paid[day] = track.machine.paid;
      }
      if (track.machine.end(state) === Infinity) this.isPossible = false;
    }
    this.#sums.forEach((sum, index) => {
      let total = sum.rule.start;
      days.forEach((choice, day) => (total += amountOf(sum, day, choice)));
      this.#totals[index] = total;
    });
    this.#blocks.forEach(({ rule, inside, blockOf }, index) => {
      const counts = this.#inBlock[index] as Int16Array;
      this.#worked[index] = rule.start;
      days.forEach((choice, day) => {
        const block = blockOf[day] as number;
        if (block < 0 || inside[choice] === 0) return;
        if (counts[block] === 0) this.#worked[index] = (this.#worked[index] as number) + 1;
        counts[block] = (counts[block] as number) + 1;
      });
    });
  }

  breaches(): number {
    let found = 0;
    this.#sums.forEach(({ rule, isHardMin, isHardMax }, index) => {
      const total = this.#totals[index] as number;
      if ((isHardMin && total < rule.min - 1e-6) || (isHardMax && total > rule.max + 1e-6)) found += 1;
    });
    this.#blocks.forEach(({ rule }, index) => {
      const worked = this.#worked[index] as number;
      if (worked < rule.min && rule.minWeight === Infinity) found += 1;
      if (worked > rule.max && rule.maxWeight === Infinity) found += 1;
    });
    return found;
  }

  change(wanted: Uint8Array, from: number, to: number): number {
    const { choices } = this.#common;
    const { cells } = this.#person;
    const { days } = this;
    let cost = 0;
    for (let day = from; day < to; day++) {
      const base = day * choices;
      const cell = cells[base + (wanted[day] as number)] as number;
      if (cell === Infinity) return Infinity;
      cost += cell - (cells[base + (days[day] as number)] as number);
    }
    const sequence = this.#table === undefined ? 0 : this.#follow(this.#table, wanted, from, to);
    if (sequence === Infinity) return Infinity;
    cost += sequence;
    for (const track of this.#tracks) {
      const more = this.#trackFrom(track, wanted, from, to);
      if (more === Infinity) return Infinity;
      cost += more;
    }
    return cost + this.#sumChange(wanted, from, to) + this.#blockChange(wanted, from, to);
  }

  #follow({ next, cost, ends }: Table, wanted: Uint8Array, from: number, to: number): number {
    const { choices } = this.#common;
    const { days } = this;
    const states = this.#states;
    const fresh = this.#fresh;
    let state = states[from] as number;
    let more = 0;
    let day = from;
    for (; day < to; day++) {
      const at = state * choices + (wanted[day] as number);
      state = next[at] as number;
      if (state < 0) return Infinity;
      more +=
        (cost[at] as number) - (cost[(states[day] as number) * choices + (days[day] as number)] as number);
      fresh[day + 1] = state;
    }
    for (; day < days.length && state !== states[day]; day++) {
      const choice = days[day] as number;
      const at = state * choices + choice;
      state = next[at] as number;
      if (state < 0) return Infinity;
      more += (cost[at] as number) - (cost[(states[day] as number) * choices + choice] as number);
      fresh[day + 1] = state;
    }
    this.#freshEnd = day;
    if (day === days.length && state !== states[day])
      more += (ends[state] as number) - (ends[states[day] as number] as number);
    return more;
  }

  #trackFrom(track: Track, wanted: Uint8Array, from: number, to: number): number {
    const { machine, states, paid, fresh, dues } = track;
    const { days } = this;
    let state = states[from] as number;
    let more = 0;
    let day = from;
    for (; day < days.length && (day < to || state !== states[day]); day++) {
      state = machine.step(state, day, (day < to ? wanted[day] : days[day]) as number);
      if (state < 0) return Infinity;
      dues[day] = machine.paid;
      more += machine.paid - (paid[day] as number);
      fresh[day + 1] = state;
    }
    track.end = day;
    if (day === days.length && state !== states[day])
      more += machine.end(state) - machine.end(states[day] as number);
    return more;
  }

  #sumChange(wanted: Uint8Array, from: number, to: number): number {
    const touched = this.#touched;
    this.#forget();
    for (let day = from; day < to; day++) {
      const old = this.days[day] as number;
      const now = wanted[day] as number;
      if (old === now) continue;
      this.#addSums(day, old, -1);
      this.#addSums(day, now, 1);
    }
    let more = 0;
    for (const index of touched) {
      const shift = this.#shift[index] as number;
      if (shift === 0) continue;
      const sum = this.#sums[index] as Sum;
      const total = this.#totals[index] as number;
      more += sumCost(sum, total + shift, this.#common.hard) - sumCost(sum, total, this.#common.hard);
    }
    return more;
  }

  #forget(): void {
    for (const index of this.#touched) {
      this.#shift[index] = 0;
      this.#isTouched[index] = 0;
    }
    this.#touched.length = 0;
  }

  #addSums(day: number, choice: number, sign: number): void {
    const week = Math.floor(day / 7);
    for (const index of this.#sumsIn[week * this.#common.choices + choice] as number[]) {
      const amount = amountOf(this.#sums[index] as Sum, day, choice);
      if (amount === 0) continue;
      if (this.#isTouched[index] === 0) {
        this.#isTouched[index] = 1;
        this.#touched.push(index);
      }
      this.#shift[index] = (this.#shift[index] as number) + sign * amount;
    }
  }

  #blockChange(wanted: Uint8Array, from: number, to: number): number {
    let more = 0;
    for (let index = 0; index < this.#blocks.length; index++) {
      const { rule, inside, blockOf } = this.#blocks[index] as Blocks;
      const counts = this.#inBlock[index] as Int16Array;
      let shift = 0;
      let open = -1;
      let change = 0;
      for (let day = from; day <= to; day++) {
        const block = day < to ? (blockOf[day] as number) : -1;
        if (block !== open) {
          if (open >= 0 && change !== 0) {
            const before = counts[open] as number;
            shift += (before + change > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
          }
          open = block;
          change = 0;
        }
        if (block >= 0)
          change += (inside[wanted[day] as number] as number) - (inside[this.days[day] as number] as number);
      }
      this.#blockShift[index] = shift;
      if (shift === 0) continue;
      const worked = this.#worked[index] as number;
      more += blockCost(rule, worked + shift, this.#common.hard) - blockCost(rule, worked, this.#common.hard);
    }
    return more;
  }

  take(wanted: Uint8Array, from: number, to: number): void {
    for (const index of this.#touched)
      this.#totals[index] = (this.#totals[index] as number) + (this.#shift[index] as number);
    this.#forget();
    for (let index = 0; index < this.#blocks.length; index++) {
      const { inside, blockOf } = this.#blocks[index] as Blocks;
      const counts = this.#inBlock[index] as Int16Array;
      for (let day = from; day < to; day++) {
        const block = blockOf[day] as number;
        if (block >= 0)
          counts[block] =
            (counts[block] as number) +
            (inside[wanted[day] as number] as number) -
            (inside[this.days[day] as number] as number);
      }
      this.#worked[index] = (this.#worked[index] as number) + (this.#blockShift[index] as number);
    }
    for (let day = from; day < to; day++) this.days[day] = wanted[day] as number;
    if (this.#table !== undefined)
      for (let day = from; day < this.#freshEnd; day++)
        this.#states[day + 1] = this.#fresh[day + 1] as number;
    for (const { states, paid, fresh, dues, end } of this.#tracks) {
      for (let day = from; day < end; day++) {
        states[day + 1] = fresh[day + 1] as number;
        paid[day] = dues[day] as number;
      }
    }
  }

  get table(): Table | undefined {
    return this.#table;
  }

  /**
   * Adds to `costs` (one for each choice of each day from `from` up to `to`) what sums and blocks would charge for a choice,
   * as far as one choice alone tells: a sum below its least wants more, one at its most wants less.
   */
  #press(costs: Float64Array, from: number, to: number): void {
    const { choices } = this.#common;
    this.#sums.forEach((sum, index) => {
      const total = this.#totals[index] as number;
      const { rule } = sum;
      const price =
        total < rule.min
          ? sumCost(sum, rule.min - 1, this.#common.hard) * -1
          : total >= rule.max
            ? sumCost(sum, rule.max + 1, this.#common.hard)
            : 0;
      if (price === 0) return;
      for (let day = from; day < to; day++) {
        for (let choice = 0; choice < choices; choice++) {
          const cell = (day - from) * choices + choice;
          costs[cell] = (costs[cell] as number) + price * amountOf(sum, day, choice);
        }
      }
    });
    this.#blocks.forEach(({ rule, inside, blockOf }, index) => {
      const worked = this.#worked[index] as number;
      if (worked < rule.max) return;
      const price = blockCost(rule, rule.max + 1, this.#common.hard);
      for (let day = from; day < to; day++) {
        const block = blockOf[day] as number;
        if (block < 0 || (worked === rule.max && (this.#inBlock[index]?.[block] ?? 0) > 0)) continue;
        for (let choice = 0; choice < choices; choice++) {
          const cell = (day - from) * choices + choice;
          if (inside[choice] === 1) costs[cell] = (costs[cell] as number) + price;
        }
      }
    });
  }

  /** What the steady table says is cheapest, with what sums and blocks press for. */
  cheapest(costs: Float64Array, from: number, to: number, wanted: Uint8Array): boolean {
    if (this.#table === undefined) return false;
    this.#press(costs, from, to);
    const { next, cost, ends } = this.#table;
    const { choices } = this.#common;
    const size = ends.length;
    if (this.#value.length < size * 2) this.#value = new Float64Array(size * 2);
    if (this.#chosen.length < size * (to - from)) this.#chosen = new Uint8Array(size * (to - from));
    let [now, before] = [this.#value.subarray(0, size), this.#value.subarray(size, 2 * size)];
    for (let state = 0; state < size; state++)
      now[state] = behind(this.#table, choices, this.days, this.#states, state, to);
    for (let day = to - 1; day >= from; day--) {
      const base = (day - from) * choices;
      for (let state = 0; state < size; state++) {
        let least = Infinity;
        for (let choice = 0; choice < choices; choice++) {
          const at = state * choices + choice;
          const target = next[at] as number;
          if (target < 0) continue;
          const value = (now[target] as number) + (cost[at] as number) + (costs[base + choice] as number);
          if (value >= least) continue;
          least = value;
          this.#chosen[(day - from) * size + state] = choice;
        }
        before[state] = least;
      }
      [now, before] = [before, now];
    }
    let state = this.#states[from] as number;
    if (now[state] === Infinity) return false;
    for (let day = from; day < to; day++) {
      const choice = this.#chosen[(day - from) * size + state] as number;
      wanted[day] = choice;
      state = next[state * choices + choice] as number;
    }
    return true;
  }
}
