import type { CompiledBranch, CompiledPolicy } from '../compiled.ts';
import type { Context, Item, Subject } from '../types.ts';

/** The branch of the policy a question belongs to, by who asks and why. What is in the directory has a branch of its own. */
export function branchOf(
  subject: Subject,
  item: Item,
  context: Context,
  policy: CompiledPolicy,
): CompiledBranch | undefined {
  if (item.dataClass === 'directory') {
    return policy.directory?.rule.asked.includes(subject.kind) ? policy.directory : undefined;
  }
  return policy.branchFor.get(`${subject.kind} ${context.purpose}`);
}
