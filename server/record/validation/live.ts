import type { Db } from '../../platform/db/index.ts';
import { regularly } from '../../platform/regularly.ts';
import { listPackages, openDefinitions, storedPackages } from '../definitions/index.ts';
import { createValidator, type Validator } from './validator.ts';

export type LiveValidator = Validator & { stop(): Promise<void> };

/**
 * A validator that follows the packages in the database: when one is loaded or removed, the next resource after the next look
 * is checked by the new set. A look that fails is told, and leaves the validator as it is until the next one.
 */
export async function createLiveValidator(
  db: Db,
  onError: (error: unknown) => void,
  everyMs = 5_000,
): Promise<LiveValidator> {
  let known = await stateOf(db);
  let current = createValidator(openDefinitions({ packages: await storedPackages(db) }));
  const look = async (): Promise<void> => {
    const state = await stateOf(db);
    if (state === known) return;
    current = createValidator(openDefinitions({ packages: await storedPackages(db) }));
    known = state;
  };
  const looking = regularly(look, { everyMs, onError });
  return {
    validate: (resource, options) => current.validate(resource, options),
    stop: () => looking.stop(),
  };
}

const stateOf = async (db: Db): Promise<string> => JSON.stringify(await listPackages(db));
