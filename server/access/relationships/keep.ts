import type { Tx } from '../../platform/db/index.ts';
import type { Saying } from '../store/facts.ts';
import { changesTo } from './compare.ts';
import type { Directory } from './from-resource.ts';
import { shownOverTime, type Version } from './over-time.ts';
import { endBelief, newFactId, relationshipsOn, stateAll, type Filed } from './store.ts';

/**
 * Keeps the relationships of patients as their resources of these types show them: give every version of each, in order. What was
 * kept already changes nothing. Gives how many statements changed.
 */
export async function keepRelationships(
  tx: Tx,
  { types, patients }: { types: readonly string[]; patients: ReadonlyMap<string, readonly Version[]> },
  directory: Directory,
  saying: Saying,
): Promise<number> {
  const kept = Map.groupBy(await relationshipsOn(tx, [...patients.keys()], types), (each) => each.patientId);
  const over: Filed[] = [];
  const fresh: Filed[] = [];
  for (const [patientId, versions] of patients) {
    const old = kept.get(patientId) ?? [];
    const changes = changesTo(shownOverTime(versions, directory), old, saying.at.getTime());
    const ends = new Map(changes.end.map(({ id, to }) => [id, to]));
    for (const each of old) {
      const to = ends.get(each.id);
      if (to !== undefined) fresh.push({ ...each, to });
      if (to !== undefined || changes.withdraw.includes(each.id)) over.push(each);
    }
    for (const each of changes.state) fresh.push({ ...each, id: newFactId(saying), patientId });
  }
  await endBelief(tx, over, saying);
  await stateAll(tx, fresh, saying);
  return over.length + fresh.length;
}
