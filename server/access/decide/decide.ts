import type { CompiledPolicy } from '../compiled.ts';
import type { Action, Context, Decision, Effect, Item, Subject } from '../types.ts';
import { against, isAgainst, mayBreakGlass, type Against } from './against.ts';
import { branchOf } from './branch.ts';
import { explainAgainst, explainNoBranch, explainPermit } from './explain.ts';
import { factsOf } from './facts.ts';
import type { Facts } from '../compiled.ts';
import { dutiesOf } from './duties.ts';

/**
 * May this subject do this with this item, now, for this reason? Refused unless a branch of the policy is for it and all it needs is
 * there; one rule against it refuses. Where only rules that a broken glass opens stand against it, the glass may be broken.
 */
export function decide(
  subject: Subject,
  action: Action,
  item: Item,
  context: Context,
  policy: CompiledPolicy,
): Decision {
  const branch = branchOf(subject, item, context, policy);
  if (branch === undefined) return explainNoBranch(context);
  const facts = factsOf(subject, action, item, context, policy, branch);
  const rules = against(facts);
  const effect = effectOf(rules, facts);
  const standing = effect === 'deny' ? strongest(rules) : rules;
  return {
    effect,
    silent: effect === 'deny' && standing.some(isSilent),
    obligations: dutiesOf(effect, facts),
    reasons:
      effect === 'permit' ? explainPermit(facts, rules) : standing.map((rule) => explainAgainst(rule, facts)),
  };
}

/** The same question, answered by its outcome alone, for asking it of very many. */
export function outcomeOf(
  subject: Subject,
  action: Action,
  item: Item,
  context: Context,
  policy: CompiledPolicy,
): Effect {
  const branch = branchOf(subject, item, context, policy);
  if (branch === undefined) return 'deny';
  const facts = factsOf(subject, action, item, context, policy, branch);
  return effectOf(against(facts), facts);
}

/** The same question, answered yes or no, for going through long lists. A row that needs the glass broken is not in a list. */
export function permits(
  subject: Subject,
  action: Action,
  item: Item,
  context: Context,
  policy: CompiledPolicy,
): boolean {
  const branch = branchOf(subject, item, context, policy);
  if (branch === undefined) return false;
  const facts = factsOf(subject, action, item, context, policy, branch);
  return facts.glassOpen ? effectOf(against(facts), facts) === 'permit' : !isAgainst(facts);
}

function effectOf(rules: readonly Against[], facts: Facts): Effect {
  if (rules.length === 0) return 'permit';
  if (!rules.every(({ rule }) => rule.breakGlass) || !mayBreakGlass(facts)) return 'deny';
  return facts.glassOpen ? 'permit' : 'break-glass';
}

/** The rules to tell of: those no glass opens, where there are such. */
function strongest(rules: readonly Against[]): readonly Against[] {
  const hard = rules.filter(({ rule }) => !rule.breakGlass);
  return hard.length > 0 ? hard : rules;
}

const isSilent = ({ rule }: Against): boolean => 'silent' in rule && rule.silent;
