import type { Queryable } from '../platform/db/index.ts';
import { patientsOfPersons } from './store/links.ts';
import { restrictedAmong } from './store/members.ts';

/** Those of these persons whose whereabouts any of their patients protects. */
export async function protectedPersons(db: Queryable, personIds: readonly string[]): Promise<Set<string>> {
  const patients = await patientsOfPersons(db, personIds);
  const restricted = await restrictedAmong(db, [...patients.values()].flat());
  return new Set(personIds.filter((personId) => patients.get(personId)?.some((id) => restricted.has(id))));
}
