import type { Queryable } from '../../platform/db/index.ts';
import { ukDay } from '../moments.ts';
import { rulesInForce } from '../store/in-force.ts';
import { untoldSince } from './rules.ts';
import { delaysOf } from './store.ts';

/**
 * From which broken glass on a person is not told at a moment, by the policy then in force; undefined when they may be told all. The person
 * is named by their patients.
 */
export async function untoldFrom(
  db: Queryable,
  patientIds: readonly string[],
  at: number,
): Promise<number | undefined> {
  const { policy } = await rulesInForce(db, ukDay(at));
  return untoldSince(await delaysOf(db, patientIds), at, policy.breakGlass.longestDelayDays);
}
