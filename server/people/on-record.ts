import { putOnRecord, type Changed, type Viewing } from '../access/index.ts';
import type { Queryable, Tx } from '../platform/db/index.ts';
import { currentLinks, patientsOfPersons } from './store/links.ts';

/** What is done about who somebody is: about which patients, and why. */
export type Act = Pick<Changed, 'kind' | 'type' | 'rule' | 'reason'> & { patientIds: readonly string[] };

/**
 * Does what may change whose records these are, and puts it on record in the same transaction: for each person whose records they were
 * before or are afterwards, so that it stands on the list of each.
 */
export async function onRecordOfPersons<T>(
  tx: Tx,
  viewing: Viewing,
  { patientIds, ...act }: Act,
  work: () => Promise<T>,
): Promise<T> {
  const before = await personsOf(tx, patientIds);
  const concerned = [...(await patientsOfPersons(tx, before)).values(), patientIds].flat();
  const done = await work();
  const persons = new Set([...before, ...(await personsOf(tx, [...new Set(concerned)]))]);
  putOnRecord(tx, viewing, ...[...persons].map((person) => ({ ...act, patientId: null, person })));
  return done;
}

/** A patient that nobody linked is a person of their own. */
async function personsOf(db: Queryable, patientIds: readonly string[]): Promise<string[]> {
  const links = await currentLinks(db, [...patientIds]);
  return patientIds.map((id) => links.get(id)?.personId ?? id);
}

/** Who decides: whoever signed in, whatever they call themselves; on a machine without sign-in, as they say. */
export const reviewerOf = ({ asker }: Viewing, said: string): string =>
  asker.kind === 'known' ? asker.subject.id : said.trim();
