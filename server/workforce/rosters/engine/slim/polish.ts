import type { Context } from '../context.ts';
import { addCounts, costOf, type PersonModel } from '../model.ts';
import type { Slim } from './slim.ts';
import { marginal, type Standing } from '../standing.ts';

/** How far the days of one person are looked for: a beam takes longer than it gains, unless nothing else was found. */
const passes = { passes: 16, tolerance: 0.5, coarse: Infinity };

/** Lets one person after the other take better days beside the rest, until nobody finds any or time is over. */
export function slimPolish(context: Context, standing: Standing, slims: Slim[]): void {
  const people = slims.length;
  for (let turn = 0, calm = 0; calm < people && !context.isOver(); turn++)
    calm = tookBetter(context, standing, slims, turn % people) ? 0 : calm + 1;
}

/** Looks for better days of one person beside the rest; whether there were any. */
export function tookBetter({ effort }: Context, standing: Standing, slims: Slim[], place: number): boolean {
  const { model } = standing;
  const person = model.people[place] as PersonModel;
  const cells = new Float64Array(model.problem.days * model.choices);
  const old = standing.days[place] as Uint8Array;
  const oldCost = standing.costs[place] ?? 0;
  addCounts(person, old, model.choices, standing.counts, -1);
  marginal(model, person, standing.counts, cells);
  addCounts(person, old, model.choices, standing.counts, 1);
  const priced = (slims[place] as Slim).price(cells, passes);
  effort.spent += priced?.effort ?? 0;
  const found = priced?.found[0];
  if (found === undefined) return false;
  const before = standing.total();
  standing.put(place, found.days, costOf(person, found.days, model.choices));
  if (standing.total() < before - 1e-6) return true;
  standing.put(place, old, oldCost);
  return false;
}
