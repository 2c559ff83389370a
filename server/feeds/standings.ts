import { supersede, unsupersede } from '../people/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { StandingChange } from './intake/judge.ts';

/** Tells who keeps track of persons that a source merged patients, or took a merge back. Runs in the transaction that stores it. */
export async function tellStandings(
  tx: Tx,
  changes: readonly StandingChange[],
  source: string,
  heard: Date,
): Promise<void> {
  for (const { losing, before, into, at } of changes) {
    const said = { losing, source, at: heard, from: at };
    if (before !== undefined) await unsupersede(tx, { ...said, surviving: before });
    if (into !== undefined) await supersede(tx, { ...said, surviving: into });
  }
}
