import { AsyncLocalStorage } from 'node:async_hooks';

/** What one request has opened of the wall: some patients, or everybody for a purpose that is said. */
export type Opening = { readonly patients: Set<string>; everybody: string | undefined };

const current = new AsyncLocalStorage<Opening>();

/** The opening of a request that has asked for nothing yet: nothing is open. */
export const closed = (): Opening => ({ patients: new Set(), everybody: undefined });

/** Runs `work`, and all that follows from it, behind the wall with this opening. */
export function behindWall<T>(opening: Opening, work: () => T): T {
  return current.run(opening, work);
}

/** What the request that runs now has opened; undefined outside of requests, where there is no wall. */
export const openingNow = (): Opening | undefined => current.getStore();

/** Opens the wall for some patients, for the rest of the request. Outside of a request it does nothing. */
export function openFor(patientIds: Iterable<string>): void {
  const opening = current.getStore();
  if (opening !== undefined) for (const id of patientIds) opening.patients.add(id);
}

/**
 * Runs `work` past the wall: what is about everybody, such as a search over the population, and what writes. The purpose is for
 * the reader of the code; the places that call this are a short list.
 */
export function pastWall<T>(everybody: string, work: () => T): T {
  const opening = current.getStore();
  return opening === undefined ? work() : current.run({ patients: opening.patients, everybody }, work);
}
