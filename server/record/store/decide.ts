import { Problem } from '../../platform/errors.ts';
import { keyOf, type BatchRow } from './batch.ts';
import type { CurrentRow } from './current.ts';

/** What becomes of one row. `current` is the version it replaces, if any. */
export type RowDecision = {
  kind: 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';
  current: CurrentRow | undefined;
  version: number;
};

/**
 * Decides what becomes of each row of a batch, given the current rows. Throws a Problem when a row's condition does not
 * hold, so that the whole batch is refused; `place` is then the number of the row, from 0.
 */
export function decideRows(
  rows: readonly BatchRow[],
  current: ReadonlyMap<string, CurrentRow>,
): RowDecision[] {
  return rows.map((row, index) => decideRow(row, current.get(keyOf(row)), index));
}

function decideRow(row: BatchRow, current: CurrentRow | undefined, index: number): RowDecision {
  if (row.isRepeat === true) return { kind: 'unchanged', current, version: current?.version ?? 1 };
  const exists = current !== undefined && !current.deleted;
  if (row.ifVersion !== undefined && current?.version !== row.ifVersion) {
    throw new Problem('record/version-conflict', 412, `${row.type} is not at version ${row.ifVersion}.`, {
      place: String(index),
      wayOut: 'Read the current version, apply the change to it, and send it with its ETag in If-Match.',
    });
  }
  if (row.mustBeNew && exists) {
    throw new Problem('record/already-exists', 409, `A ${row.type} with this id exists already.`, {
      place: String(index),
      wayOut: 'Update it with PUT, or create it under another id.',
    });
  }
  const version = (current?.version ?? 0) + 1;
  if (row.deleted) {
    return exists
      ? { kind: 'deleted', current, version }
      : { kind: 'absent', current, version: current?.version ?? 0 };
  }
  if (!exists) return { kind: 'created', current, version };
  if (current.digest === row.digest) return { kind: 'unchanged', current, version: current.version };
  return { kind: 'updated', current, version };
}
