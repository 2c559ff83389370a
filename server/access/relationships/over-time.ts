import type { Relationship } from '../types.ts';
import { changesOf } from './changes.ts';
import { evidencedBy, type Directory, type Evidence } from './from-resource.ts';

/** A version of a resource, and when it was made. A deletion, or a move to another patient, has no resource. */
export type Version = { evidence: string; at: number; resource: Evidence | undefined };

/**
 * The relationships that all versions of a patient's resources show together, the versions of each resource in order. The same
 * versions always show the same, so that it may be worked out again at any time.
 */
export function shownOverTime(
  versions: readonly Version[],
  directory: Directory,
): Omit<Relationship, 'id'>[] {
  const byEvidence = Map.groupBy(versions, ({ evidence }) => evidence);
  return [...byEvidence].flatMap(([evidence, ofOne]) => {
    let shown: Relationship[] = [];
    let number = 0;
    for (const { at, resource } of ofOne) {
      const now = resource === undefined ? [] : evidencedBy(resource, at, directory);
      const { state, end, withdraw } = changesOf(shown, now, evidence, at);
      const ends = new Map(end.map(({ id, to }) => [id, to]));
      shown = [
        ...shown
          .filter(({ id }) => !withdraw.includes(id))
          .map((each) => ({ ...each, to: ends.get(each.id) ?? each.to })),
        ...state.map((each) => ({ ...each, id: String(number++) })),
      ];
    }
    return shown.map(({ id: _number, ...each }) => each);
  });
}
