import { holdsOn } from '../../organisations/index.ts';
import type { CompiledNeed, CompiledRefusal } from '../compiled.ts';
import type { Facts } from '../compiled.ts';

export type Against = CompiledNeed | CompiledRefusal;

/** Every rule that stands against it: needs that are not met, and refusals that apply. */
export function against(facts: Facts): Against[] {
  const { day } = facts.context;
  const found: Against[] = [];
  for (const need of facts.branch.needs) {
    if (holdsOn(need.span, day) && !need.test(facts)) found.push(need);
  }
  for (const refusal of facts.branch.refusals) {
    if (holdsOn(refusal.span, day) && applies(refusal, facts)) found.push(refusal);
  }
  return found;
}

/** True when any rule stands against it: the first found ends the search. */
export function isAgainst(facts: Facts): boolean {
  const { branch, context } = facts;
  const { day } = context;
  return (
    branch.needs.some((need) => holdsOn(need.span, day) && !need.test(facts)) ||
    branch.refusals.some((refusal) => holdsOn(refusal.span, day) && applies(refusal, facts))
  );
}

/** All that a rule asks for is so, and nothing it makes an exception for. */
export const applies = ({ when, unless }: Pick<CompiledRefusal, 'when' | 'unless'>, facts: Facts): boolean =>
  when.every((test) => test(facts)) && !unless.some((test) => test(facts));

/** Whoever asks could break the glass: by role, for this purpose, to look. Whether they may here is for the rules against it to say. */
export function mayBreakGlass({ worker, profile, about, context, action, policy }: Facts): boolean {
  const actions: readonly string[] = policy.policy.breakGlass.actions;
  return (
    worker?.kind === 'staff' &&
    about !== null &&
    profile?.profile.breaksGlass === true &&
    policy.glassPurposes.has(context.purpose) &&
    actions.includes(action)
  );
}
