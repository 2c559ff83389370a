import {
  bucketHash,
  bucketOf,
  entryLength,
  firstHead,
  keyLength,
  nextHead,
  subjectKey,
  type SubjectKind,
} from '../verifier/index.ts';

/** A bucket of the register as it is stored. */
export type BucketRow = { bucket: number; entries: Buffer; counts: Buffer };

type List = { bucket: number; key: Buffer; head: Uint8Array; count: number; isChanged: boolean };

/** The ends of some lists: read from their buckets, moved on by events, written back as buckets. */
export class ListEnds {
  readonly #lists = { user: new Map<string, List>(), person: new Map<string, List>() };
  readonly #buckets = new Map<number, BucketRow>();

  /** Names a list that events will extend. Name all, then give their buckets by `load`. */
  expect(kind: SubjectKind, id: string): void {
    const lists = this.#lists[kind];
    if (lists.has(id)) return;
    const head = firstHead(kind, id);
    const key = Buffer.from(subjectKey(head));
    lists.set(id, { bucket: bucketOf(key), key, head, count: 0, isChanged: false });
  }

  expectedBuckets(): number[] {
    return [...new Set(this.#all().map(({ bucket }) => bucket))];
  }

  load(rows: readonly BucketRow[]): void {
    for (const row of rows) this.#buckets.set(row.bucket, row);
    for (const list of this.#all()) {
      const row = this.#buckets.get(list.bucket);
      const { place, isThere } = placeIn(row?.entries, list.key);
      if (row === undefined || !isThere) continue;
      list.head = row.entries.subarray(place * entryLength + keyLength, (place + 1) * entryLength);
      list.count = row.counts.readUInt32BE(4 * place);
    }
  }

  /** Adds an event to a list that was named, and gives the new end. */
  extend(kind: SubjectKind, id: string, hash: Uint8Array): { head: Uint8Array; count: number } {
    const list = this.#lists[kind].get(id)!;
    list.count++;
    list.head = nextHead(list.head, list.count, hash);
    list.isChanged = true;
    return { head: list.head, count: list.count };
  }

  #all(): List[] {
    return [...this.#lists.user.values(), ...this.#lists.person.values()];
  }

  /** The buckets that hold changed lists, as they are now. */
  changed(): (BucketRow & { hash: Uint8Array })[] {
    const byBucket = Map.groupBy(
      this.#all().filter(({ isChanged }) => isChanged),
      ({ bucket }) => bucket,
    );
    return Array.from(byBucket, ([bucket, lists]) => {
      const row = this.#buckets.get(bucket);
      const there = row === undefined ? 0 : row.entries.length / entryLength;
      const entries = Buffer.allocUnsafe((there + lists.length) * entryLength);
      const counts = Buffer.allocUnsafe((there + lists.length) * 4);
      let length = there;
      row?.entries.copy(entries);
      row?.counts.copy(counts);
      for (const { key, head, count } of lists) {
        const { place, isThere } = placeIn(entries.subarray(0, length * entryLength), key);
        if (!isThere) {
          entries.copyWithin((place + 1) * entryLength, place * entryLength, length * entryLength);
          counts.copyWithin((place + 1) * 4, place * 4, length * 4);
          entries.set(key, place * entryLength);
          length++;
        }
        entries.set(head, place * entryLength + keyLength);
        counts.writeUInt32BE(count, place * 4);
      }
      const whole = entries.subarray(0, length * entryLength);
      return { bucket, entries: whole, counts: counts.subarray(0, length * 4), hash: bucketHash(whole) };
    });
  }
}

/** Where a key stands in a bucket, or where it would. */
function placeIn(entries: Buffer | undefined, key: Buffer): { place: number; isThere: boolean } {
  const count = (entries?.length ?? 0) / entryLength;
  for (let place = 0; place < count; place++) {
    const order = entries!.compare(key, 0, keyLength, place * entryLength, place * entryLength + keyLength);
    if (order >= 0) return { place, isThere: order === 0 };
  }
  return { place: count, isThere: false };
}
