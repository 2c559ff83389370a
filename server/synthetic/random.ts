/**
 * A small seeded source of chance: sfc32 by Chris Doty-Humphrey (PractRand), state 128 bits. Streams made from the same
 * numbers give the same draws, whatever was drawn from other streams.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  /** Three words carry the parts, so that of many million streams no two are the same. */
  constructor(...parts: number[]) {
    let [a, b, c] = [0x9e3779b9, 0x6d2b79f5, 0x3c6ef372];
    for (const part of parts) {
      const low = mix((part | 0) + Math.floor(part / 2 ** 32) * 0x85ebca6b);
      a = mix(a ^ low);
      b = mix(b + low);
      c = mix(c ^ ((low << 13) | (low >>> 19)));
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    for (let i = 0; i < 8; i++) this.uint32();
  }

  uint32(): number {
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return t >>> 0;
  }

  /** From 0 up to, but not including, 1. */
  unit(): number {
    return this.uint32() * 2 ** -32;
  }

  chance(share: number): boolean {
    return this.uint32() < share * 2 ** 32;
  }

  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)]!;
  }

  /** A version 8 UUID: 122 bits of chance. Source: RFC 9562, section 5.8. */
  uuid(): string {
    const [a, b, c, d] = [hex8(this.uint32()), hex8(this.uint32()), hex8(this.uint32()), hex8(this.uint32())];
    return `${a}-${b.slice(0, 4)}-8${b.slice(5)}-${variants[this.#d & 3]!}${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }

  /** How often something happens whose mean is small (Knuth's method). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.unit(); product > limit; product *= this.unit()) count++;
    return count;
  }

  /** Near enough normal: the sum of four draws (Irwin and Hall), mean 0, standard deviation 1. */
  normal(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * Math.sqrt(3);
  }
}

const variants = ['8', '9', 'a', 'b'];
const bytes = Array.from({ length: 65_536 }, (_, i) => i.toString(16).padStart(4, '0'));
const hex8 = (word: number): string => bytes[word >>> 16]! + bytes[word & 65_535]!;

/** The last step of MurmurHash3: each bit of the answer depends on each bit given. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A list drawn from with unequal chances, one draw each time. */
export class Weighted<T> {
  readonly #items: readonly T[];
  readonly #until: Float64Array;

  constructor(items: readonly T[], weight: (item: T, rank: number) => number) {
    this.#items = items;
    this.#until = new Float64Array(items.length);
    let sum = 0;
    items.forEach((item, rank) => {
      sum += weight(item, rank);
      this.#until[rank] = sum;
    });
  }

  draw(random: Random): T {
    const until = this.#until;
    const wanted = random.unit() * until[until.length - 1]!;
    let low = 0;
    let high = until.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (until[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return this.#items[low]!;
  }
}

/** Words separated by spaces, commonest first, drawn with chances that fall as Zipf's law says: 1 / (rank + shift)^slope. */
export function zipf(words: string, slope = 0.85, shift = 3): Weighted<string> {
  return new Weighted(words.trim().split(/\s+/), (_, rank) => (rank + shift) ** -slope);
}
