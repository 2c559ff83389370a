import { AsyncLocalStorage } from 'node:async_hooks';

/** Why something goes past the wall; `docs/security/second-wall.md` says what each word covers. */
export type Past = 'deciding' | 'finding' | 'writing' | 'noting' | 'linking' | 'checking' | 'exporting';

/** What one request has opened of the wall: some patients, or everybody for a purpose that is said. */
export type Opening = { readonly patients: Set<string>; everybody: Past | undefined };

const current = new AsyncLocalStorage<Opening>();

/** The opening of a request that has asked for nothing yet: nothing is open. */
export const closed = (): Opening => ({ patients: new Set(), everybody: undefined });

/** Runs `work`, and all that follows from it, behind the wall with this opening. */
export function behindWall<T>(opening: Opening, work: () => T): T {
  return current.run(opening, work);
}

/** What the request that runs now has opened; undefined outside of requests, where there is no wall. */
export const openingNow = (): Opening | undefined => current.getStore();

/** True where what is asked now goes by the account that sees the patients that were opened and no others. */
export function isBehindWall(): boolean {
  const opening = current.getStore();
  return opening !== undefined && opening.everybody === undefined;
}

/** Opens the wall for some patients, for the rest of the request. Outside of a request it does nothing. */
export function openFor(patientIds: Iterable<string>): void {
  const opening = current.getStore();
  if (opening !== undefined) for (const id of patientIds) opening.patients.add(id);
}

/**
 * Runs `work` past the wall: what is about everybody, such as a search over the population, and what writes. The purpose is for
 * the reader of the code; the places that call this are a short list.
 */
export function pastWall<T>(everybody: Past, work: () => T): T {
  const opening = current.getStore();
  return opening === undefined ? work() : current.run({ patients: opening.patients, everybody }, work);
}

/** Runs `work` behind the wall again, though it is part of what goes past it. Outside of a request it changes nothing. */
export function throughWall<T>(work: () => T): T {
  const opening = current.getStore();
  return opening === undefined
    ? work()
    : current.run({ patients: opening.patients, everybody: undefined }, work);
}

/** Runs `work` with an opening of its own, so that what a long answer opens piece by piece does not add up. */
export function apart<T>(work: () => T): T {
  return current.getStore() === undefined ? work() : current.run(closed(), work);
}

const through = new WeakSet<object>();

/** Marks rows that were read just now, so that they need not be read again where they came through the wall. Gives the rows. */
export function marked<Row extends object>(rows: Row[]): Row[] {
  if (isBehindWall()) for (const row of rows) through.add(row);
  return rows;
}

/** True for a row that came through the wall, for a patient that its request had opened. */
export const cameThrough = (row: object): boolean => through.has(row);
