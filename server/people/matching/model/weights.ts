import type { Level, Model } from './types.ts';

/** Weights are whole 1,024ths of a bit: sums are then exact, in any order, in any language. */
export const inSteps = (bits: number): number => Math.round(bits * 1024) / 1024;

/** No level weighs more than this, however few examples it was learned from. */
const mostBits = 40;

/** The weight of a level: log2(m / u) in steps. Unknown m or u, and a null level, weigh nothing. */
export function levelWeight(level: Level): number {
  if (level.isNull || level.m === undefined || level.u === undefined) return 0;
  const bits = Math.log2(Math.max(level.m, 1e-12) / Math.max(level.u, 1e-12));
  return inSteps(Math.max(-mostBits, Math.min(mostBits, bits)));
}

/** How far each value of the level's term-frequency field moves the weight; `other` is for a value never seen. */
export function termWeights(
  level: Level,
  model: Model,
): { of: (value: string) => number; other: number } | undefined {
  const rule = level.termFrequency;
  if (rule === undefined || level.u === undefined || level.isNull) return undefined;
  const known = model.termFrequencies[rule.field];
  if (known === undefined) return undefined;
  const u = level.u;
  const weigh = (frequency: number): number =>
    inSteps(rule.share * Math.log2(Math.max(u, 1e-12) / Math.max(frequency, rule.floor)));
  const other = weigh(rule.floor);
  return { of: (value) => (Object.hasOwn(known, value) ? weigh(known[value]!) : other), other };
}

/** The chance that belongs to a weight. */
export const probabilityOf = (weight: number): number => 1 / (1 + 2 ** -weight);
