import type { CompiledBranch, CompiledPolicy, Facts } from '../compiled.ts';
import { ageOn } from '../moments.ts';
import type { Action, Context, Item, Subject } from '../types.ts';
import { agreementFor } from './agreement.ts';
import { glassIsOpen } from './glass.ts';
import { relationshipFor } from './relationship.ts';

/** Looks up once what many rules ask. */
export function factsOf(
  subject: Subject,
  action: Action,
  item: Item,
  context: Context,
  policy: CompiledPolicy,
  branch: CompiledBranch,
): Facts {
  const worker = subject.kind === 'resident' ? undefined : subject;
  const { about } = item;
  const own = worker !== undefined && worker.post.organisation.id === item.holder.id;
  return {
    subject,
    action,
    item,
    context,
    policy,
    branch,
    worker,
    profile: worker && policy.profileOfRole.get(worker.post.role),
    about,
    own,
    agreement: worker && agreementFor(worker.post.organisation, item, context, policy, own),
    relationship:
      worker && about
        ? relationshipFor(worker, about, item.dataClass, context.at, policy, branch)
        : undefined,
    age: about?.born == null ? undefined : ageOn(about.born, context.day),
    glassOpen: worker !== undefined && about !== null && glassIsOpen(worker, about, context.at, policy),
  };
}
