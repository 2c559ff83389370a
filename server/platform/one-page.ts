import { AsyncLocalStorage } from 'node:async_hooks';

type Reads = { since: number; of: WeakMap<object, Map<string, Promise<unknown>>> };

const current = new AsyncLocalStorage<Reads>();

/** So long, in milliseconds, what was read counts for the other requests of a page: a change counts within a second. */
const freshMs = 400;

const noReads = (): Reads => ({ since: performance.now(), of: new WeakMap() });

/** Runs what makes one page that changes nothing: the requests it makes of our API share what they read by `onceInPage`. */
export function inOnePage<T>(work: () => T): T {
  return current.run(noReads(), work);
}

/** Reads what is the same for all requests of a page, once for each `owner` and `name`. Outside of a page it reads each time. */
export function onceInPage<T>(owner: object, name: string, read: () => Promise<T>): Promise<T> {
  const reads = current.getStore();
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
