import { AsyncLocalStorage } from 'node:async_hooks';

type Reads = { since: number; of: WeakMap<object, Map<string, Promise<unknown>>> };

/** One page in the making. */
export type Page = { reads: Reads; before: Promise<unknown>[]; isMade: boolean };

const current = new AsyncLocalStorage<Page>();

/** So long, in milliseconds, what was read counts for the other requests of a page: a change counts within a second. */
const freshMs = 400;

const noReads = (): Reads => ({ since: performance.now(), of: new WeakMap() });

export const newPage = (): Page => ({ reads: noReads(), before: [], isMade: false });

/** Runs what makes one page that changes nothing: the requests it makes of our API share what they read by `onceInPage`. */
export function inOnePage<T>(work: () => T, page = newPage()): T {
  return current.run(page, work);
}

/**
 * Leaves it to the page that is made now to wait for something before it leaves, so that its parts need not wait for it one after
 * another. False outside of a page: then whoever asks must wait.
 */
export function pageWaitsFor(done: Promise<unknown>): boolean {
  const page = current.getStore();
  if (page === undefined || page.isMade) return false;
  page.before.push(done);
  done.catch(() => undefined);
  return true;
}

/** Ends the making of a page: resolves when all it waits for is done, and rejects when some of that failed. */
export async function pageIsMade(page: Page): Promise<void> {
  page.isMade = true;
  await Promise.all(page.before);
}

/** Reads what is the same for all requests of a page, once for each `owner` and `name`. Outside of a page it reads each time. */
export function onceInPage<T>(owner: object, name: string, read: () => Promise<T>): Promise<T> {
  const reads = current.getStore()?.reads;
  if (reads === undefined) return read();
  if (performance.now() - reads.since >= freshMs) Object.assign(reads, noReads());
  let own = reads.of.get(owner);
  if (own === undefined) reads.of.set(owner, (own = new Map()));
  const known = own.get(name) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const fresh = read();
  own.set(name, fresh);
  fresh.catch(() => own.delete(name));
  return fresh;
}
