import { recheckPatients } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { observedPatients } from '../../record/operations/index.ts';

/** So many new resources change what PostgreSQL should know of its tables. */
const worthAnalysing = 10_000;

/**
 * Ends a load: looks again at the patients that were written, and takes fresh statistics where much is new, because
 * without them PostgreSQL plans badly until its own housekeeping comes round. Only the owner of the tables may take them.
 */
export async function settle(db: Db, owner: Db, clock: Clock, stored: number): Promise<void> {
  await recheckPatients(db, clock, (patientIds) => observedPatients(db, patientIds));
  if (stored >= worthAnalysing) await owner.query('analyze');
}
