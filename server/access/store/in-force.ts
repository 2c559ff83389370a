import type { Day } from '../../organisations/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { shippedPolicy } from '../policy/read.ts';
import type { Agreement, Policy } from '../policy/schema.ts';
import { heldRules } from './held-rules.ts';

/** The policy in force on a day, every version that is kept, and the agreements as they are now believed. */
export async function rulesInForce(
  db: Queryable,
  day: Day,
): Promise<{ policy: Policy; versions: Policy[]; agreements: Agreement[] }> {
  const { policies, agreements } = await heldRules(db);
  const versions = [...policies, shippedPolicy()];
  const policy = versions.find(({ from }) => from <= day) ?? shippedPolicy();
  return { policy, versions, agreements };
}
