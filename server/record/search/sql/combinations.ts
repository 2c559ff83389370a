import type { Condition } from '../conditions/types.ts';
import type { Bindings } from './bindings.ts';

/** The tally counts tokens whose lowest bit is one. */
const isCounted = (token: string): boolean => (BigInt(token) & 1n) === 1n;

/** True when the counted tokens of a row decide a condition, whatever else it holds: codes with and, or and not. */
export function isOfCodes(condition: Condition): boolean {
  switch (condition.is) {
    case 'tokens':
      return condition.any.every(isCounted);
    case 'and':
    case 'or':
      return condition.of.every(isOfCodes);
    case 'not':
      return isOfCodes(condition.of);
    default:
      return condition.is === 'all';
  }
}

/** The combinations, as an array of tokens, that fulfil a condition of codes: what a row's `combination` is compared with. */
export function combinationsSql(condition: Condition, type: number, bindings: Bindings): string {
  const c = bindings.alias();
  return `array(select ${c}.token from record.combination ${c} where ${combinationTest(condition, c, type, bindings)})`;
}

/** How many rows fulfil a condition of codes: a sum over the combinations that do. */
export function tallySql(condition: Condition, type: number, bindings: Bindings): string {
  const c = bindings.alias();
  const t = bindings.alias();
  return `(select coalesce(sum(${t}.n), 0)
    from record.combination ${c}
    join record.tally ${t} on ${t}.token = ${c}.token
    where ${combinationTest(condition, c, type, bindings)})`;
}

function combinationTest(condition: Condition, c: string, type: number, bindings: Bindings): string {
  return `${c}.type = ${bindings.add(type, 'smallint')} and ${codesTest(condition, c, bindings)}`;
}

function codesTest(condition: Condition, c: string, bindings: Bindings): string {
  switch (condition.is) {
    case 'tokens':
      return `${c}.tokens && ${bindings.add(condition.any, 'bigint[]')}`;
    case 'and':
    case 'or':
      return `(${condition.of.map((one) => codesTest(one, c, bindings)).join(` ${condition.is} `)})`;
    case 'not':
      return `not (${codesTest(condition.of, c, bindings)})`;
    case 'all':
      return 'true';
    default:
      throw new Error(`A combination does not decide ${condition.is}.`);
  }
}
