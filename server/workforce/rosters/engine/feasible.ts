import type { Problem } from '../types.ts';
import { randomFrom, type Context } from './context.ts';
import { generate } from './generate.ts';
import { loadHighs } from './highs.ts';
import { Master } from './master.ts';
import { ImpossiblePerson, modelOf } from './model.ts';
import { Pricer } from './price.ts';
import { construct, Standing } from './standing.ts';

/**
 * Whether the hard rules of a problem can hold together, as far as the linear relaxation can tell: false is proven, true
 * may be too hopeful. A problem whose time is over counts as feasible.
 */
export async function feasible(problem: Problem, until: number): Promise<boolean> {
  try {
    const model = modelOf(problem);
    const pricer = new Pricer();
    const isOver = (): boolean => Date.now() > until;
    const places = model.people.map((_, place) => place);
    const first = construct(model, pricer, places);
    if (typeof first === 'number') return false;
    const standing = new Standing(model, first);
    if (standing.total() < 1e-6) return true;
    const highs = await loadHighs();
    const context: Context = {
      model,
      highs,
      pricer,
      random: randomFrom(1),
      isOver,
      secondsLeft: () => (until - Date.now()) / 1000,
      effort: { spent: 0 },
      tellRelaxation: () => undefined,
    };
    const master = new Master(highs, model, places);
    try {
      standing.days.forEach((days, place) => master.add(place, days, standing.costs[place] ?? 0));
      const { bound } = generate(context, master, { places }, { tolerance: 1e-3, maxRounds: 400, cutoff: 1 });
      return bound < 1;
    } finally {
      master.dispose();
    }
  } catch (error) {
    if (error instanceof ImpossiblePerson) return false;
    throw error;
  }
}
