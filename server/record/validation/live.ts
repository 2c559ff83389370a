import type { Db } from '../../platform/db/index.ts';
import { listPackages, openDefinitions, storedPackages } from '../definitions/index.ts';
import { createValidator, type Validator } from './validator.ts';

export type LiveValidator = Validator & { stop(): void };

/**
 * A validator that follows the packages in the database: when one is loaded or removed, the next resource after the next look
 * is checked by the new set. A look that fails leaves the validator as it is.
 */
export async function createLiveValidator(db: Db, everyMs = 5_000): Promise<LiveValidator> {
  let known = await stateOf(db);
  let current = createValidator(openDefinitions({ packages: await storedPackages(db) }));
  const look = async (): Promise<void> => {
    const state = await stateOf(db);
    if (state === known) return;
    current = createValidator(openDefinitions({ packages: await storedPackages(db) }));
    known = state;
  };
  const timer = setInterval(() => void look().catch(() => undefined), everyMs);
  timer.unref();
  return {
    validate: (resource, options) => current.validate(resource, options),
    stop: () => clearInterval(timer),
  };
}

const stateOf = async (db: Db): Promise<string> => JSON.stringify(await listPackages(db));
