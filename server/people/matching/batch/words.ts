/** Distinct texts by number, in one block of bytes that threads share. Texts are plain: one byte a letter. */
export type Words = {
  bytes: Uint8Array<SharedArrayBuffer>;
  start: Int32Array<SharedArrayBuffer>;
  count: number;
};

/** Gathers distinct texts and numbers them from 0 in the order they come. */
export class WordGatherer {
  private readonly numbers = new Map<string, number>();
  readonly texts: string[] = [];

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.numbers.set(text, number);
    this.texts.push(text);
    return number;
  }
}

/** Texts laid end to end. */
export function packed(texts: readonly string[]): Words {
  const bytesNeeded = texts.reduce((sum, text) => sum + text.length, 0);
  const bytes = Buffer.allocUnsafe(bytesNeeded);
  const start = new Int32Array(new SharedArrayBuffer(4 * (texts.length + 1)));
  let at = 0;
  texts.forEach((text, index) => {
    at += bytes.write(text, at, 'latin1');
    start[index + 1] = at;
  });
  const shared = new Uint8Array(new SharedArrayBuffer(at));
  shared.set(bytes.subarray(0, at));
  return { bytes: shared, start, count: texts.length };
}

/** Reads texts of `words` by number; each is made into a string once, when first asked for. */
export function reader(words: Words): (number: number) => string {
  const bytes = Buffer.from(words.bytes.buffer, words.bytes.byteOffset, words.bytes.byteLength);
  const made: (string | undefined)[] = Array.from({ length: words.count });
  return (number) =>
    (made[number] ??= bytes.toString('latin1', words.start[number], words.start[number + 1]));
}

/** Joins several gatherings into one; `moved[k]` leads from a number of gathering k to the number in the whole. */
export function joined(parts: readonly Words[]): { words: Words; moved: Int32Array[] } {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  const table = new HashTable(total);
  const moved = parts.map((part) => new Int32Array(part.count));
  const size = parts.reduce((sum, part) => sum + part.bytes.length, 0);
  const bytes = new Uint8Array(size);
  const start = new Int32Array(total + 1);
  let count = 0;
  parts.forEach((part, index) => {
    for (let number = 0; number < part.count; number++) {
      const [from, to] = [part.start[number]!, part.start[number + 1]!];
      const found = table.findOrAdd(part.bytes, from, to, bytes, start, count);
      if (found === count) {
        bytes.set(part.bytes.subarray(from, to), start[count]!);
        start[count + 1] = start[count]! + (to - from);
        count++;
      }
      moved[index]![number] = found;
    }
  });
  return {
    moved,
    words: {
      bytes: sharedBytes(bytes.subarray(0, start[count])),
      start: sharedInts(start.subarray(0, count + 1)),
      count,
    },
  };
}

function sharedBytes(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

function sharedInts(values: Int32Array): Int32Array<SharedArrayBuffer> {
  const copy = new Int32Array(new SharedArrayBuffer(4 * values.length));
  copy.set(values);
  return copy;
}

/** Open addressing over texts that lie in a block of bytes. */
class HashTable {
  private readonly slots: Int32Array;
  private readonly mask: number;

  constructor(most: number) {
    let size = 16;
    while (size < most * 2) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    this.mask = size - 1;
  }

  findOrAdd(
    text: Uint8Array,
    from: number,
    to: number,
    bytes: Uint8Array,
    start: Int32Array,
    next: number,
  ): number {
    let slot = hash(text, from, to) & this.mask;
    for (;;) {
      const held = this.slots[slot]!;
      if (held < 0) {
        this.slots[slot] = next;
        return next;
      }
      if (equal(text, from, to, bytes, start[held]!, start[held + 1]!)) return held;
      slot = (slot + 1) & this.mask;
    }
  }
}

function equal(
  a: Uint8Array,
  fromA: number,
  toA: number,
  b: Uint8Array,
  fromB: number,
  toB: number,
): boolean {
  if (toA - fromA !== toB - fromB) return false;
  for (let i = fromA, j = fromB; i < toA; i++, j++) if (a[i] !== b[j]) return false;
  return true;
}

/** FNV-1a with the last mixing step of MurmurHash3. */
export function hash(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Texts to compare: what each is, how long, and which letters it has, one bit for a letter. */
export type Texts = { text: (number: number) => string; length: Int32Array; letters: Int32Array };

/** Prepares words for comparing: most pairs are told apart by their letters without looking at the texts. */
export function comparable(words: Words): Texts {
  const length = new Int32Array(words.count);
  const letters = new Int32Array(words.count);
  for (let number = 0; number < words.count; number++) {
    const [from, to] = [words.start[number]!, words.start[number + 1]!];
    let found = 0;
    for (let k = from; k < to; k++) found |= 1 << (words.bytes[k]! & 31);
    length[number] = to - from;
    letters[number] = found;
  }
  return { text: reader(words), length, letters };
}
