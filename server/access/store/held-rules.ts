import type { Queryable } from '../../platform/db/index.ts';
import { rulesNow, type Rules } from './rules.ts';
import { rulesSubject, versionsOf } from './versions.ts';

const held = new WeakMap<Queryable, Rules>();

/** All policies and agreements as they are now; held in memory as long as their version stands, and then the same object. */
export async function heldRules(db: Queryable): Promise<Rules> {
  const { rulesVersion } = await versionsOf(db, rulesSubject);
  const known = held.get(db);
  if (known?.version === rulesVersion) return known;
  const rules = await rulesNow(db);
  held.set(db, rules);
  return rules;
}
