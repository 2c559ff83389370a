import type { Roster } from '../types.ts';
import { columnOf, keyOf, type Column } from './master.ts';
import { costOf, type Model } from './model.ts';

/** So many rosters of one person are kept. */
const most = 60;

/** Good rosters of each person, the last found first: columns to begin with. */
export class Pool {
  readonly #model: Model;
  readonly #columns: Column[][];

  constructor(model: Model) {
    this.#model = model;
    this.#columns = model.people.map(() => []);
  }

  /** Up to `count` rosters of a person. */
  of(place: number, count = most): Column[] {
    return (this.#columns[place] ?? []).slice(0, count);
  }

  /** Keeps the days of everybody who breaks no hard rule. */
  take(roster: Roster): void {
    this.#model.people.forEach((person, place) => {
      const days = roster[place] as Uint8Array;
      const cost = costOf(person, days, this.#model.choices);
      if (cost !== Infinity) this.keep(columnOf(this.#model, place, days.slice(), cost));
    });
  }

  keep(column: Column): void {
    const mine = this.#columns[column.person] as Column[];
    const key = keyOf(column.days);
    const before = mine.findIndex(({ days }) => keyOf(days) === key);
    if (before >= 0) mine.splice(before, 1);
    mine.unshift(column);
    mine.length = Math.min(mine.length, most);
  }
}
