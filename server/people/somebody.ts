import type { Queryable } from '../platform/db/index.ts';
import { statingPatients, type Stating } from './store/stated.ts';

/** Somebody as one source names them. */
export type Somebody = Pick<Stating, 'patientId' | 'nhsNumber' | 'born' | 'home'> & { name: string };

/**
 * Living people with an NHS number who were born from one day up to another, in a fixed order: to try things on. It reads all patients,
 * so it is for demonstrations only.
 */
export async function somebodyBorn(
  db: Queryable,
  { from, to, restricted }: { from: string; to: string; restricted: boolean },
): Promise<Somebody[]> {
  const found = await statingPatients(db, { from, to, restricted });
  return found.map(({ given, family, ...rest }) => ({
    patientId: rest.patientId,
    nhsNumber: rest.nhsNumber,
    born: rest.born,
    home: rest.home,
    name: [given, family].map(capital).join(' '),
  }));
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
