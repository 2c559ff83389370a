import { personOfEach } from '../../people/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { ridOf } from '../../record/rid.ts';
import type { Batch } from '../../record/store/index.ts';
import type { Claim } from '../types.ts';
import type { Arrival, Fate, MessageDone, RecordMessages } from './types.ts';

/** Who patients that are joined or parted were before. */
export type Former = ReadonlyMap<string, string>;

/** The persons of the patients whose standing messages change, before it is changed. */
export const formerPersons = (tx: Tx, claims: readonly Claim[]): Promise<Former> =>
  personOfEach(
    tx,
    claims.flatMap(({ id, standing }) => {
      if (standing === undefined) return [];
      return [ridOf(id), ...('into' in standing ? [ridOf(standing.into)] : [])];
    }),
  );

/**
 * Puts on record what became of each message, about each person it tells of: those its patients are now, and those they were before it
 * joined or parted them. `batches` are what was written of the group.
 */
export async function putMessagesOnRecord(
  tx: Tx,
  group: readonly Arrival[],
  fates: readonly Fate[],
  { batches, former }: { batches: readonly Batch[]; former: Former },
): Promise<void> {
  const filed = new Map<string, string>();
  for (const { rows } of batches)
    for (const row of rows) if (row.ofPatient) filed.set(`${row.type}/${row.id}`, row.patientId);
  const told = fates.map(({ resources }) => typesByPatient(resources, filed));
  const persons = await personOfEach(tx, [...new Set(told.flatMap((types) => [...types.keys()]))]);
  const byRecord = new Map<RecordMessages, MessageDone[]>();
  for (const [index, { record, feed, certificate }] of group.entries()) {
    if (record === undefined) continue;
    const { id, state, cameBefore } = fates[index]!;
    const done = {
      messageId: id,
      feed,
      certificate,
      act: cameBefore === true ? 'again' : state,
      persons: typesByPerson(told[index]!, [persons, former]),
    };
    byRecord.set(record, [...(byRecord.get(record) ?? []), done]);
  }
  for (const [record, done] of byRecord) record(tx, done);
}

/** The types a message tells of each patient. A Patient is filed under itself. */
function typesByPatient(
  resources: readonly string[],
  filed: ReadonlyMap<string, string>,
): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const name of resources) {
    const [type, id] = name.split('/') as [string, string];
    const patientId = type === 'Patient' ? ridOf(id) : filed.get(name);
    if (patientId === undefined) continue;
    const known = types.get(patientId);
    if (known === undefined) types.set(patientId, new Set([type]));
    else known.add(type);
  }
  return types;
}

/** A patient that nobody linked is a person of their own. */
function typesByPerson(
  byPatient: ReadonlyMap<string, ReadonlySet<string>>,
  links: readonly Former[],
): Map<string, readonly string[]> {
  const byPerson = new Map<string, readonly string[]>();
  for (const [patientId, types] of byPatient) {
    const found = links.flatMap((each) => each.get(patientId) ?? []);
    for (const person of found.length === 0 ? [patientId] : found)
      byPerson.set(person, [...new Set([...(byPerson.get(person) ?? []), ...types])]);
  }
  return byPerson;
}
