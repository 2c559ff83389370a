import type { Tx } from '../../platform/db/index.ts';
import type { Changed, Viewing } from './types.ts';

/**
 * Puts what a transaction changes on record in it, in the name of whoever asks: the events are there exactly when the change is. Called
 * once it is known what changes; a transaction that changes nothing has no event of a change.
 */
export function putOnRecord(tx: Tx, viewing: Viewing, ...changed: readonly Changed[]): void {
  const onRecord = viewing.changes(changed);
  tx.sendCopies(onRecord.rows());
  tx.onEnd((outcome) => {
    if (outcome === 'committed') onRecord.committed();
  });
}

/** Who asks, as facts name who said them. */
export const askerId = ({ asker }: Viewing): string => (asker.kind === 'known' ? asker.subject.id : 'local');
