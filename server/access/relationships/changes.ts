import type { Relationship } from '../types.ts';
import type { Evidenced } from './from-resource.ts';

/** What to do so that the relationships kept on one evidence are those it shows now. */
export type Changes = {
  /** To be stated anew. */
  state: Omit<Relationship, 'id'>[];
  /** To be given another end. */
  end: { id: string; to: number }[];
  /** To be withdrawn: the evidence no longer shows that they ever were. */
  withdraw: string[];
};

/**
 * Compares what is kept on an evidence with what it shows now. The same evidence twice changes nothing. A beginning that the
 * evidence does not give stays as it was first said.
 */
export function changesOf(
  kept: readonly Relationship[],
  shown: readonly Evidenced[],
  evidence: string,
  at: number,
): Changes {
  const changes: Changes = { state: [], end: [], withdraw: [] };
  const unkept = new Set(shown);
  for (const old of kept) {
    const now = shown.find((each) => isSame(each, old));
    if (isOver(old)) continue;
    if (now === undefined) {
      if (old.kind === 'registered') changes.end.push({ id: old.id, to: at });
      else changes.withdraw.push(old.id);
    } else if (isAnother(now, old)) {
      changes.withdraw.push(old.id);
    } else {
      unkept.delete(now);
      if (now.to !== null && now.to !== old.to) changes.end.push({ id: old.id, to: now.to });
    }
  }
  for (const { kind, organisation, team, user, from, to } of unkept) {
    changes.state.push({ kind, organisation, team, user, evidence, from: from ?? at, to });
  }
  return changes;
}

/** A registration that ended stays as it was: coming back begins another. */
const isOver = ({ kind, to }: Relationship): boolean => kind === 'registered' && to !== null;

/** Not the same with another end: it began at another time, or what had ended goes on. */
const isAnother = (now: Evidenced, old: Relationship): boolean =>
  (now.from !== null && now.from !== old.from) || (now.to === null && old.to !== null);

const isSame = (shown: Evidenced, kept: Relationship): boolean =>
  shown.kind === kept.kind &&
  shown.organisation === kept.organisation &&
  shown.team === kept.team &&
  shown.user === kept.user;
