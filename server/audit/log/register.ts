import type { Queryable } from '../../platform/db/index.ts';
import { bucketOf, firstHead, subjectKey, type RegisterTree } from '../verifier/index.ts';
import { bucketHashes, subjectsBetween } from './store.ts';

/** Reading the whole register is cheaper than finding who so many events were about. */
const fewEvents = 50_000;

/** Brings a register that was right for a tree of `from` leaves to one of `to` leaves. */
export async function refreshRegister(
  tx: Queryable,
  register: RegisterTree,
  { from, to }: { from: number; to: number },
): Promise<void> {
  if (from === to) return;
  const isNear = from > 0 && to - from <= fewEvents;
  const buckets = isNear ? await bucketsOfEvents(tx, from, to) : undefined;
  for (const { bucket, hash } of await bucketHashes(tx, buckets)) register.set(bucket, hash);
  register.root();
}

async function bucketsOfEvents(tx: Queryable, from: number, to: number): Promise<number[]> {
  const buckets = new Set<number>();
  for (const { user, person } of await subjectsBetween(tx, from, to)) {
    buckets.add(bucketOf(subjectKey(firstHead('user', user))));
    if (person !== null) buckets.add(bucketOf(subjectKey(firstHead('person', person))));
  }
  return [...buckets];
}
