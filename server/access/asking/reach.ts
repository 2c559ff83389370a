import { holdsOn, type Day } from '../../organisations/index.ts';
import { pastWall, type Queryable } from '../../platform/db/index.ts';
import type { CompiledPolicy } from '../compiled.ts';
import { dayMs } from '../moments.ts';
import { longestGraceDays } from '../policy/schema.ts';
import { patientsActedFor, patientsInReach } from '../store/reach.ts';
import type { Subject } from '../types.ts';
import type { Purpose } from '../words.ts';

/** Every patient of the persons whom these patients are, and of these persons. */
export type EveryPatientOf = (of: {
  patientIds: readonly string[];
  persons: readonly string[];
}) => Promise<string[]>;

/** Beyond so many patients naming them costs as much as asking about each row. */
const mostInReach = 20_000;

type ReachParts = { db: Queryable; everyPatientOf: EveryPatientOf };
type ReachQuestion = { subject: Subject; purpose: Purpose; at: number; day: Day; policy: CompiledPolicy };

/**
 * The patients outside of whom nothing of anybody may be listed, because a need of the asker's branch cannot be met there: no
 * relationship, not themselves, nobody they act for. Undefined where the branch knows no such bound, or it is wide. What is within is
 * decided by the rules as ever; so this says who need not be asked about, never who may be seen.
 */
export const reachOf = (parts: ReachParts, asked: ReachQuestion): Promise<readonly string[] | undefined> =>
  pastWall('deciding', async () => {
    const bound = await boundOf(parts.db, asked);
    if (bound === undefined || bound.patientIds.length > mostInReach) return undefined;
    return parts.everyPatientOf(bound);
  });

type Bound = { patientIds: readonly string[]; persons: readonly string[] };

async function boundOf(
  db: Queryable,
  { subject, purpose, at, day, policy }: ReachQuestion,
): Promise<Bound | undefined> {
  const branch = policy.branchFor.get(`${subject.kind} ${purpose}`);
  if (branch === undefined) return { patientIds: [], persons: [] };
  const needs = (test: string): boolean =>
    branch.needs.some(({ rule, span }) => rule.test === test && holdsOn(span, day));
  if (subject.kind === 'resident') {
    if (needs('own-record')) return { patientIds: [], persons: [subject.person] };
    if (!needs('proxy')) return undefined;
    return { patientIds: await patientsActedFor(db, subject.person, mostInReach + 1), persons: [] };
  }
  if (!needs('relationship')) return undefined;
  const { id, bodies } = subject.post.organisation;
  const asked = {
    organisations: [id, ...bodies],
    user: subject.id,
    endedAfter: at - longestGraceDays * dayMs,
    brokenAfter: at - policy.policy.breakGlass.minutes * 60_000,
    at,
  };
  return { patientIds: await patientsInReach(db, asked, mostInReach + 1), persons: [] };
}
