import type { Rule } from '../types.ts';
import type { Model } from './model.ts';

/** Costs that differ by less count as equal: the engine proves no more finely. */
const leastUnit = 2e-4;

/** A roster that costs no more than this above the bound is proven. */
export const provenWithin = leastUnit / 2;

const mostDecimals = 6;

/**
 * The greatest amount of which all weights are multiples as they are written: costs differ by that at least. Where it is very small,
 * or a weight is no short decimal (a third), it is an amount so small that bounds are not rounded.
 */
export function commonUnit(weights: readonly number[]): number {
  const decimals = weights.map(decimalsOf);
  const most = Math.max(0, ...decimals);
  if (most > mostDecimals) return leastUnit;
  const scale = 10 ** most;
  const unit = weights.reduce((found, weight) => {
    let [a, b] = [found, Math.round(Math.abs(weight) * scale)];
    while (b !== 0) [a, b] = [b, a % b];
    return a;
  }, 0);
  return unit === 0 ? 1 : Math.max(leastUnit, unit / scale);
}

/** A bound raised to the next cost that there can be. */
export const raised = (bound: number, unit: number): number =>
  unit <= leastUnit ? bound : Math.ceil(bound / unit - 1e-4) * unit;

/** The amount by which costs differ at least, as weights are written: 1 where all are whole. */
export function unitOf(model: Model): number {
  const { people, cover } = model.problem;
  const weights = [
    ...people.flatMap(({ wishes }) => wishes.map(({ weight }) => weight)),
    ...people.flatMap(({ rules }) => rules.flatMap(weightsIn)),
    ...cover.flatMap(({ under, over }) => [...under, ...over].map(({ weight }) => weight)),
  ].filter((weight) => Number.isFinite(weight) && weight !== 0);
  return commonUnit(weights);
}

function weightsIn(rule: Rule): number[] {
  if (rule.kind === 'automaton') return [...(rule.cost ?? []).flat(2), ...(rule.final ?? [])];
  if ('weight' in rule) return [rule.weight];
  return [rule.minWeight, rule.maxWeight];
}

/** How many decimals a number has as it is written. */
function decimalsOf(weight: number): number {
  if (Number.isInteger(weight)) return 0;
  return /^-?\d+\.(\d+)$/.exec(String(weight))?.[1]?.length ?? Infinity;
}
