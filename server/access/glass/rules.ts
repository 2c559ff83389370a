import type { Piece } from '../asking/types.ts';
import type { Decision } from '../types.ts';
import { dataClasses, labels } from '../words.ts';

/** A record of a person: the id of its Patient, and the source that said it. */
export type SourceRecord = { patientId: string; id: string; source: string | null };

/**
 * What to ask before a glass is broken: every class of data and every label, whether or not the record has such items. So the answer
 * tells only what the rules say, never what is there.
 */
export function glassPieces(records: readonly SourceRecord[]): Piece[] {
  return records.flatMap(({ patientId, source }) => [
    ...dataClasses
      .filter((dataClass) => dataClass !== 'directory')
      .map((dataClass): Piece => ({ type: 'Basic', id: '', patientId, dataClass, labels: [], source })),
    ...labels.map((label): Piece => ({
      type: 'Basic',
      id: '',
      patientId,
      dataClass: 'conditions',
      labels: [label],
      source,
    })),
  ]);
}

/** What becomes of a wish to break the glass: it opens something, it would open nothing more, or it is refused. */
export function outcomeOf(
  decisions: readonly Decision[],
):
  | { kind: 'opens'; decision: Decision }
  | { kind: 'nothing-more' }
  | { kind: 'refused'; decision: Decision | undefined } {
  const opening = decisions.find(({ effect }) => effect === 'break-glass');
  if (opening !== undefined) return { kind: 'opens', decision: opening };
  if (decisions.some(({ effect }) => effect === 'permit')) return { kind: 'nothing-more' };
  return { kind: 'refused', decision: decisions.find(({ silent }) => !silent) ?? decisions[0] };
}
