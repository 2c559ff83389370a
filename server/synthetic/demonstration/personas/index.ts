import { ukDay } from '../../../access/index.ts';
import type { Persona } from '../../../access/sign-in/index.ts';
import { createOrganisations } from '../../../organisations/index.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { readDemonstration } from '../state.ts';
import { findResidents } from './residents.ts';
import { isSetUp, setUp } from './set-up.ts';
import { staffPersonas } from './staff.ts';

/**
 * Whom the demonstration can be tried as; nobody where the people are not made up. Staff from the start; residents, the agreement and relationships once everything is loaded,
 * which is looked for at each call until then.
 */
export function demonstrationPersonas(db: Db, clock: Clock, dataDir: string): () => Promise<Persona[]> {
  let ready: Promise<Persona[]> | undefined;
  const prepare = async (): Promise<Persona[]> => {
    const at = clock();
    const day = ukDay(at.getTime());
    const residents = await findResidents(db, day);
    if (!(await isSetUp(db)))
      await setUp(db, createOrganisations(db), residents, { day, saying: { by: 'demonstration', at } });
    return [...staffPersonas, ...residents.personas];
  };
  return async () => {
    const made = readDemonstration(dataDir);
    if (made === undefined) return [];
    if (made.state !== 'ready') return [...staffPersonas];
    ready ??= prepare().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
}
