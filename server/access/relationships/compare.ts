import { dayMs } from '../moments.ts';
import { longestGraceDays } from '../policy/schema.ts';
import type { Relationship } from '../types.ts';
import type { Changes } from './changes.ts';

/**
 * What to do so that what is kept of a patient is what the record shows. What ended so long ago that no days of grace can reach
 * today opens nothing, and is not stated any more.
 */
export function changesTo(
  shown: readonly Omit<Relationship, 'id'>[],
  kept: readonly Relationship[],
  now: number,
): Changes {
  const changes: Changes = { state: [], end: [], withdraw: [] };
  const unkept = new Map(shown.map((each) => [keyOf(each), each]));
  for (const old of kept) {
    const wanted = unkept.get(keyOf(old));
    if (wanted === undefined) {
      changes.withdraw.push(old.id);
      continue;
    }
    if (wanted.to === null && old.to !== null) {
      changes.withdraw.push(old.id);
      continue;
    }
    unkept.delete(keyOf(old));
    if (wanted.to !== null && wanted.to !== old.to) changes.end.push({ id: old.id, to: wanted.to });
  }
  for (const each of unkept.values()) {
    if (each.to === null || each.to + longestGraceDays * dayMs > now) changes.state.push(each);
  }
  return changes;
}

const keyOf = ({ evidence, kind, organisation, team, user, from }: Omit<Relationship, 'id'>): string =>
  JSON.stringify([evidence, kind, organisation, team, user, from]);
