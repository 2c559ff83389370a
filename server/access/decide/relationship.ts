import { dayMs, hourMs } from '../moments.ts';
import type { RelationshipRule } from '../policy/schema.ts';
import type { CompiledBranch, CompiledPolicy } from '../compiled.ts';
import type { PersonFacts, Relationship, Worker } from '../types.ts';
import type { DataClass } from '../words.ts';

type Found = { is: Relationship; rule: RelationshipRule };

/**
 * The best relationship that lets this worker be concerned with this person now: one with the worker or a team before one with
 * the whole organisation, direct care before other, what is recorded before what was claimed.
 */
export function relationshipFor(
  worker: Worker,
  about: PersonFacts,
  dataClass: DataClass,
  at: number,
  policy: CompiledPolicy,
  branch: CompiledBranch,
): Found | undefined {
  let best: Found | undefined;
  for (const is of about.relationships) {
    const rule = policy.relationships.get(is.kind);
    if (rule === undefined || !rule.branches.includes(branch.rule.id)) continue;
    if (!isWith(is, worker) || !isInForce(is, rule, at)) continue;
    if (rule.classes !== null && !rule.classes.includes(dataClass)) continue;
    if (best === undefined || rank({ is, rule }) > rank(best)) best = { is, rule };
  }
  return best;
}

const rank = ({ is, rule }: Found): number =>
  (isPersonal(is) ? 4 : 0) + (rule.direct ? 2 : 0) + (is.kind === 'self-claimed' ? 0 : 1);

/** With a named user or team, not only with their organisation. */
export const isPersonal = (is: Relationship): boolean => is.user !== null || is.team !== null;

function isWith(is: Relationship, { id, post }: Worker): boolean {
  if (is.organisation !== post.organisation.id && !post.organisation.bodies.includes(is.organisation))
    return false;
  if (is.user !== null) return is.user === id;
  return is.team === null || post.teams.includes(is.team);
}

/** From its start to its end and some days of grace; a claim ends by itself after some hours. */
function isInForce(is: Relationship, rule: RelationshipRule, at: number): boolean {
  if (at < is.from) return false;
  if (is.to !== null && at >= is.to + rule.graceDays * dayMs) return false;
  return rule.longestHours === null || at < is.from + rule.longestHours * hourMs;
}
