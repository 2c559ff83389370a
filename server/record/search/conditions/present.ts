import type { Param } from '../parameters/types.ts';
import type { Condition } from './types.ts';

/** Has a value for one of these parameters. */
export function presentIn(params: readonly Param[]): Condition {
  let bits = 0n;
  for (const param of params) bits |= 1n << BigInt(param.ordinal);
  return { is: 'present', bits: BigInt.asIntN(64, bits).toString() };
}
