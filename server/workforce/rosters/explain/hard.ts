import type { Rule } from '../types.ts';

/** A weight where it means "must"; nothing otherwise. */
export const hardOnly = (weight: number): number => (weight === Infinity ? Infinity : 0);

/** What must hold of a rule, without what it only charges for; undefined where nothing must. */
export function hardPart(rule: Rule): Rule | undefined {
  if ('weight' in rule) return rule.weight === Infinity ? rule : undefined;
  if (rule.kind !== 'automaton')
    return { ...rule, minWeight: hardOnly(rule.minWeight), maxWeight: hardOnly(rule.maxWeight) };
  const { cost, final, ...rest } = rule;
  return {
    ...rest,
    ...(cost === undefined ? {} : { cost: cost.map((table) => table.map((row) => row.map(hardOnly))) }),
    ...(final === undefined ? {} : { final: final.map(hardOnly) }),
  };
}

/** Whether a rule charges for anything at all. */
export function isSoft(rule: Rule): boolean {
  const weights =
    'weight' in rule
      ? [rule.weight]
      : rule.kind === 'automaton'
        ? [...(rule.cost ?? []).flat(2), ...(rule.final ?? [])]
        : [rule.minWeight, rule.maxWeight];
  return weights.some((weight) => weight !== 0 && weight !== Infinity);
}
