import { holdsOn, type Day } from '../../organisations/index.ts';
import type { Agreement } from '../policy/schema.ts';
import type { CompiledPolicy, Shared } from '../compiled.ts';
import type { Context, Item, Party } from '../types.ts';
import type { Purpose } from '../words.ts';

/**
 * The agreement by which what one organisation holds may be used by another: both are parties, themselves or through a body they
 * belong to, it is in force that day, and it names the purpose, the class of data and every label. What is an organisation's own needs none.
 */
export function agreementFor(
  asker: Party,
  item: Item,
  context: Context,
  policy: CompiledPolicy,
  own: boolean,
): Agreement | undefined {
  if (own) return undefined;
  return sharedBetween(asker, item.holder, context.purpose, context.day, policy).find(
    (agreement) =>
      agreement.classes.includes(item.dataClass) &&
      item.labels.every((label) => agreement.labels.includes(label)),
  );
}

function sharedBetween(
  asker: Party,
  holder: Party,
  purpose: Purpose,
  day: Day,
  policy: CompiledPolicy,
): readonly Agreement[] {
  let known = policy.between.get(asker);
  if (known === undefined) policy.between.set(asker, (known = new WeakMap()));
  const last = known.get(holder);
  if (last !== undefined && last.purpose === purpose && last.day === day) return last.agreements;
  const agreements = policy.agreements.filter(
    (agreement) =>
      agreement.purposes.includes(purpose) &&
      holdsOn(agreement, day) &&
      isParty(agreement, asker) &&
      isParty(agreement, holder),
  );
  known.set(holder, { purpose, day, agreements } satisfies Shared);
  return agreements;
}

/** True when an organisation signed, or belongs to a body that did. */
export const isParty = ({ parties }: Agreement, { id, bodies }: Party): boolean =>
  parties.includes(id) || bodies.some((body) => parties.includes(body));
