/** Keeps answers about one person as the bytes that go out, and looks up as fresh before each use whether they still hold. */
import { LatestFew } from '../../platform/latest-few.ts';
import { versionOf, type Loaded } from './load.ts';
import type { ViewServices } from './services.ts';

export type Written = { version: string; bytes: Buffer };

/** Room for the answers about some 500 people. */
const usualBytes = 64 * 1024 * 1024;

/**
 * Makes the writer of answers: `make` makes the one called `name` from the loaded record. Undefined when there is no such
 * person. An answer that is kept is checked against the links of the person and the heads of all it was made from.
 */
export function createWriter(
  services: ViewServices,
  load: (personId: string) => Promise<Loaded | undefined>,
  mostBytes = usualBytes,
): (personId: string, name: string, make: (loaded: Loaded) => unknown) => Promise<Written | undefined> {
  const kept = new LatestFew<Written & { outside: string[] }>(mostBytes);
  return async (personId, name, make) => {
    const key = `${personId} ${name}`;
    const known = kept.get(key);
    if (known !== undefined) {
      const patientIds = await services.patientsOf(personId);
      const places = [...patientIds, ...known.outside];
      if (patientIds.length > 0 && versionOf(places, await services.headsOf(places)) === known.version) {
        return known;
      }
    }
    const loaded = await load(personId);
    if (loaded === undefined) return undefined;
    const bytes = Buffer.from(JSON.stringify(make(loaded)));
    const fresh = { version: loaded.version, outside: loaded.outside, bytes };
    kept.set(key, fresh, bytes.length);
    return fresh;
  };
}
