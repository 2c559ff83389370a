import type { Roster } from '../types.ts';
import { addCounts, costOf, promote, type Model, type PersonModel } from './model.ts';
import type { Priced, Pricer } from './price.ts';

/** A whole roster with its counts and cost, changed one person at a time. */
export class Standing {
  readonly model: Model;
  readonly days: Roster;
  readonly costs: Float64Array;
  readonly counts: Int32Array;

  constructor(model: Model, days: Roster) {
    this.model = model;
    this.days = days.map((each) => each.slice());
    this.costs = Float64Array.from(model.people, (person, place) =>
      costOf(person, this.days[place] as Uint8Array, model.choices),
    );
    this.counts = new Int32Array(model.cover.rows.length);
    model.people.forEach((person, place) =>
      addCounts(person, this.days[place] as Uint8Array, model.choices, this.counts, 1),
    );
  }

  put(place: number, days: Uint8Array, cost: number): void {
    const person = this.model.people[place] as PersonModel;
    addCounts(person, this.days[place] as Uint8Array, this.model.choices, this.counts, -1);
    addCounts(person, days, this.model.choices, this.counts, 1);
    this.days[place] = days.slice();
    this.costs[place] = cost;
  }

  coverCost(): number {
    let sum = 0;
    this.model.cover.costs.forEach((costs, row) => (sum += costs[this.counts[row] ?? 0] ?? 0));
    return sum;
  }

  total(): number {
    return this.costs.reduce((sum, cost) => sum + cost, this.coverCost());
  }

  copy(): Standing {
    return new Standing(this.model, this.days);
  }
}

/** What each cell costs a person beside others whose cover is `counts`: exact where a choice counts once in a row. */
export function marginal(model: Model, person: PersonModel, counts: Int32Array, into: Float64Array): void {
  const gain = Float64Array.from(model.cover.costs, (costs, row) => {
    const count = counts[row] ?? 0;
    return (costs[count + 1] ?? 0) - (costs[count] ?? 0);
  });
  const { cells, rows } = person;
  for (let cell = 0; cell < into.length; cell++) {
    let cost = cells[cell] as number;
    for (const row of rows[cell] as Int32Array) cost += gain[row] as number;
    into[cell] = cost;
  }
}

/** How many long searches of one person, with days found, come before a rule moves into the graph. */
const patience = 4;

/** Prices a person; where rules that the graph does not hold make it long, they move into the graph. */
export function priceSurely(
  model: Model,
  person: PersonModel,
  cells: Float64Array,
  pricer: Pricer,
): Priced | undefined {
  for (;;) {
    const priced = pricer.price(person, cells, model.choices);
    if (priced?.relaxed === undefined) return priced;
    person.strain += 1;
    if (priced.cost !== Infinity && person.strain % patience !== 0) return priced;
    const isMoved = promote(model, person, priced.relaxed);
    if (priced.cost !== Infinity || !isMoved) return priced;
  }
}

/** A person for whom no days were found; `isProven` where there are none. */
export type Stuck = { place: number; isProven: boolean };

/** A first roster: one person after the other takes the best days beside those before. */
export function construct(model: Model, pricer: Pricer, order: number[]): Roster | Stuck {
  const counts = new Int32Array(model.cover.rows.length);
  const cells = new Float64Array(model.problem.days * model.choices);
  const roster: Roster = model.people.map(() => new Uint8Array(model.problem.days));
  for (const place of order) {
    const person = model.people[place] as PersonModel;
    marginal(model, person, counts, cells);
    const days =
      pricer.price(person, cells, model.choices) ?? pricer.price(person, person.cells, model.choices);
    if (days === undefined || days.cost === Infinity) return { place, isProven: days === undefined };
    roster[place] = days.days;
    addCounts(person, days.days, model.choices, counts, 1);
  }
  return roster;
}

/** Lets one person after the other take better days until nobody can; gives whether anything changed. */
export function polish(standing: Standing, pricer: Pricer, order: number[], isOver: () => boolean): boolean {
  const { model } = standing;
  const cells = new Float64Array(model.problem.days * model.choices);
  let calm = 0;
  let isChanged = false;
  for (let turn = 0; calm < order.length && !isOver(); turn++) {
    const place = order[turn % order.length] as number;
    const person = model.people[place] as PersonModel;
    const old = standing.days[place] as Uint8Array;
    addCounts(person, old, model.choices, standing.counts, -1);
    marginal(model, person, standing.counts, cells);
    addCounts(person, old, model.choices, standing.counts, 1);
    const priced = priceSurely(model, person, cells, pricer);
    const before = standing.total();
    const oldCost = standing.costs[place] ?? 0;
    calm += 1;
    if (priced === undefined || priced.cost === Infinity) continue;
    standing.put(place, priced.days, costOf(person, priced.days, model.choices));
    if (standing.total() < before - 1e-6) {
      calm = 0;
      isChanged = true;
    } else standing.put(place, old, oldCost);
  }
  return isChanged;
}
