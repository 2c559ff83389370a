import { addCounts, costOf, type Model, type PersonModel } from '../model.ts';
import type { Slim, SlimLimits } from './slim.ts';
import { marginal, Standing } from '../standing.ts';

/**
 * A first roster of very many people: one after the other takes good days beside those before. Nothing where somebody finds
 * none, or time is over.
 */
export function slimFirst(model: Model, slims: Slim[], isOver: () => boolean): Standing | undefined {
  const counts = new Int32Array(model.cover.rows.length);
  const cells = new Float64Array(model.problem.days * model.choices);
  const roster: Uint8Array[] = [];
  for (const [place, slim] of slims.entries()) {
    if (isOver()) return undefined;
    const person = model.people[place] as PersonModel;
    marginal(model, person, counts, cells);
    const days = [cells, person.cells, person.cells].reduce<Uint8Array | undefined>(
      (found, costs, turn) => found ?? slim.price(costs, firstPasses(turn))?.found[0]?.days,
      undefined,
    );
    if (days === undefined || costOf(person, days, model.choices) === Infinity) return undefined;
    roster.push(days);
    addCounts(person, days, model.choices, counts, 1);
  }
  return new Standing(model, roster);
}

/** Ever more prices are tried for somebody who finds no days. */
const firstPasses = (turn: number): SlimLimits => ({ passes: 6 + 30 * turn, tolerance: 5, coarse: Infinity });
