import type { Rule } from '../packs/index.ts';

/** What a breach costs: Infinity for a rule that must hold. */
export const priceOf = ({ weight }: Rule): number => (weight === 'must' ? Number.POSITIVE_INFINITY : weight);

/** The greatest number that divides all; 1 when there is none above 0. */
export function commonDivisor(numbers: Iterable<number>): number {
  let divisor = 0;
  for (const number of numbers) {
    let [a, b] = [divisor, Math.abs(number)];
    while (b > 0) [a, b] = [b, a % b];
    divisor = a;
  }
  return divisor === 0 ? 1 : divisor;
}
