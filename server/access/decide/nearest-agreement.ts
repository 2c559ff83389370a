import type { Agreement } from '../policy/schema.ts';
import { isParty } from './agreement.ts';
import type { Facts } from '../compiled.ts';

/** Why no agreement covers it: what the nearest one lacks, in words. */
export function nearestAgreement(facts: Facts): string {
  const { worker, item, policy } = facts;
  if (worker === undefined) return 'there is no agreement';
  const lacks = policy.agreements
    .filter((each) => isParty(each, worker.post.organisation) && isParty(each, item.holder))
    .map((agreement) => ({ agreement, lacking: lackingIn(agreement, facts) }))
    .toSorted((a, b) => a.lacking.length - b.lacking.length);
  const [nearest] = lacks;
  if (nearest === undefined) {
    return `there is no agreement between ${item.holder.name} and ${worker.post.organisation.name}`;
  }
  return `“${nearest.agreement.name}” ${nearest.lacking.join(' and ')}`;
}

function lackingIn(agreement: Agreement, { item, context }: Facts): string[] {
  const lacking: string[] = [];
  if (context.day < agreement.from) lacking.push(`begins on ${agreement.from}`);
  if (agreement.to !== null && context.day >= agreement.to) lacking.push(`ended on ${agreement.to}`);
  if (!agreement.purposes.includes(context.purpose))
    lacking.push(`is not for the purpose ${context.purpose}`);
  if (!agreement.classes.includes(item.dataClass)) {
    lacking.push(`does not cover ${item.dataClass.replaceAll('-', ' ')}`);
  }
  if (!item.labels.every((label) => agreement.labels.includes(label))) {
    lacking.push('does not cover information this sensitive');
  }
  return lacking;
}
