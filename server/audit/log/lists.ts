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
  readonly #lists = new Map<string, List>();
  readonly #buckets = new Map<number, BucketRow>();

  /** Names a list that events will extend. Name all, then give their buckets by `load`. */
  expect(kind: SubjectKind, id: string): void {
    const name = `${kind} ${id}`;
    if (this.#lists.has(name)) return;
    const head = firstHead(kind, id);
    const key = Buffer.from(subjectKey(head));
    this.#lists.set(name, { bucket: bucketOf(key), key, head, count: 0, isChanged: false });
  }

  expectedBuckets(): number[] {
    return [...new Set(Array.from(this.#lists.values(), ({ bucket }) => bucket))];
  }

  load(rows: readonly BucketRow[]): void {
    for (const row of rows) this.#buckets.set(row.bucket, row);
    for (const list of this.#lists.values()) {
      const row = this.#buckets.get(list.bucket);
      const { place, isThere } = placeIn(row?.entries, list.key);
      if (row === undefined || !isThere) continue;
      list.head = row.entries.subarray(place * entryLength + keyLength, (place + 1) * entryLength);
      list.count = row.counts.readUInt32BE(4 * place);
    }
  }

  /** Adds an event to a list that was named, and gives the new end. */
  extend(kind: SubjectKind, id: string, hash: Uint8Array): { head: Uint8Array; count: number } {
    const list = this.#lists.get(`${kind} ${id}`)!;
    list.count++;
    list.head = nextHead(list.head, list.count, hash);
    list.isChanged = true;
    return { head: list.head, count: list.count };
  }

  /** The buckets that hold changed lists, as they are now. */
  changed(): (BucketRow & { hash: Uint8Array })[] {
    const byBucket = Map.groupBy(
      this.#lists.values().filter(({ isChanged }) => isChanged),
      ({ bucket }) => bucket,
    );
    return Array.from(byBucket, ([bucket, lists]) => {
      const row = this.#buckets.get(bucket);
      const entries = row === undefined ? [] : entriesOf(row);
      for (const { key, head, count } of lists) {
        const entry = Buffer.concat([key, head]);
        const tally = Buffer.alloc(4);
        tally.writeUInt32BE(count);
        const place = entries.findIndex((each) => each.entry.compare(key, 0, keyLength, 0, keyLength) >= 0);
        const isSame = place >= 0 && key.equals(entries[place]!.entry.subarray(0, keyLength));
        entries.splice(place < 0 ? entries.length : place, isSame ? 1 : 0, { entry, tally });
      }
      const joined = Buffer.concat(entries.map(({ entry }) => entry));
      const counts = Buffer.concat(entries.map(({ tally }) => tally));
      return { bucket, entries: joined, counts, hash: bucketHash(joined) };
    });
  }
}

function entriesOf({ entries, counts }: BucketRow): { entry: Buffer; tally: Buffer }[] {
  return Array.from({ length: entries.length / entryLength }, (_, place) => ({
    entry: entries.subarray(place * entryLength, (place + 1) * entryLength),
    tally: counts.subarray(4 * place, 4 * place + 4),
  }));
}

function placeIn(entries: Buffer | undefined, key: Buffer): { place: number; isThere: boolean } {
  const count = (entries?.length ?? 0) / entryLength;
  for (let place = 0; place < count; place++) {
    const order = entries!.compare(key, 0, keyLength, place * entryLength, place * entryLength + keyLength);
    if (order === 0) return { place, isThere: true };
  }
  return { place: count, isThere: false };
}
