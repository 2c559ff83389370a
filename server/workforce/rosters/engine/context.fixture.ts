import { randomFrom, type Context } from './context.ts';
import { loadHighs } from './highs.ts';
import type { Model } from './model.ts';
import { Pricer } from './price.ts';

const highs = await loadHighs();

/** What a search works with in a test: a seed, and time enough. */
export const contextOf = (model: Model, seed: number): Context => ({
  model,
  highs,
  pricer: new Pricer(),
  random: randomFrom(seed),
  isOver: () => false,
  secondsLeft: () => 100,
  effort: { spent: 0 },
  tellRelaxation: () => undefined,
});
