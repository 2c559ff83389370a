import { outcomeKinds, type Counts, type OutcomeKind } from './types.ts';

/** Adds to one number, in place. */
export function count(counts: Counts, type: string, outcome: OutcomeKind, n = 1): void {
  const ofType = (counts[type] ??= {});
  ofType[outcome] = (ofType[outcome] ?? 0) + n;
}

/** Adds all of `more`, in place. */
export function addCounts(counts: Counts, more: Counts): void {
  for (const [type, outcomes] of Object.entries(more)) {
    for (const kind of outcomeKinds) {
      const n = outcomes[kind] ?? 0;
      if (n !== 0) count(counts, type, kind, n);
    }
  }
}

/** The sum over all types. */
export function totals(counts: Counts): Record<OutcomeKind, number> {
  const sum: Record<OutcomeKind, number> = {
    stored: 0,
    unchanged: 0,
    deleted: 0,
    skipped: 0,
    quarantined: 0,
  };
  for (const outcomes of Object.values(counts))
    for (const kind of outcomeKinds) sum[kind] += outcomes[kind] ?? 0;
  return sum;
}

/** What a file that is in already would give if it were read again: everything it holds is unchanged. */
export function asUnchanged(counts: Counts, waiting: ReadonlyMap<string, number>): Counts {
  const again: Counts = {};
  for (const [type, outcomes] of Object.entries(counts)) {
    const all = outcomeKinds.reduce((sum, kind) => sum + (kind === 'skipped' ? 0 : (outcomes[kind] ?? 0)), 0);
    const open = Math.min(all, waiting.get(type) ?? 0);
    if (all > open) count(again, type, 'unchanged', all - open);
    if (open > 0) count(again, type, 'quarantined', open);
    if (outcomes.skipped !== undefined) count(again, type, 'skipped', outcomes.skipped);
  }
  return again;
}
