import { addCounts, costOf, type PersonModel } from './model.ts';
import type { Slim } from './slim.ts';
import { marginal, type Standing } from './standing.ts';

/** How far the days of one person are looked for. */
const passes = { passes: 8, tolerance: 0.5, coarse: 5 };

/** Lets one person after the other take better days beside the rest, until nobody finds any or time is over. */
export function slimPolish(standing: Standing, slims: Slim[], isOver: () => boolean): void {
  const { model } = standing;
  const people = model.people.length;
  const cells = new Float64Array(model.problem.days * model.choices);
  let calm = 0;
  for (let turn = 0; calm < people && !isOver(); turn++) {
    const place = turn % people;
    const person = model.people[place] as PersonModel;
    const old = standing.days[place] as Uint8Array;
    const oldCost = standing.costs[place] ?? 0;
    addCounts(person, old, model.choices, standing.counts, -1);
    marginal(model, person, standing.counts, cells);
    addCounts(person, old, model.choices, standing.counts, 1);
    const [found] = (slims[place] as Slim).price(cells, passes)?.found ?? [];
    calm += 1;
    if (found === undefined) continue;
    const before = standing.total();
    standing.put(place, found.days, costOf(person, found.days, model.choices));
    if (standing.total() < before - 1e-6) calm = 0;
    else standing.put(place, old, oldCost);
  }
}
