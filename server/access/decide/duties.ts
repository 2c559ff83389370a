import type { Obligation } from '../words.ts';
import type { Effect } from '../types.ts';
import { applies } from './against.ts';
import type { Facts } from '../compiled.ts';

const none: readonly Obligation[] = [];

/** What must be done besides, in the order of the policy. */
export function dutiesOf(effect: Effect, facts: Facts): readonly Obligation[] {
  if (effect === 'deny') return none;
  let found: Obligation[] | undefined;
  for (const duty of facts.policy.duties) {
    const { rule } = duty;
    if (rule.on !== effect || !rule.branches.includes(facts.branch.rule.id) || !applies(duty, facts))
      continue;
    if (found === undefined) found = [rule.obligation];
    else if (!found.includes(rule.obligation)) found.push(rule.obligation);
  }
  return found ?? none;
}
