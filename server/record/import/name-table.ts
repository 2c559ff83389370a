const shardCount = 256;
const firstSlots = 16;
const growth = 1.4;
/** Share of slots in use before a shard grows. */
const fullest = 0.8;

type Shard = { keys: Uint32Array; values: Uint8Array; count: number };

/**
 * A small number for each of very many names, in 9 bytes a slot: 10 million names take about 130 MB. Names are told apart
 * by 64 bits of hash: of 10 million names, two look alike once in 370,000 inputs. It grows in small shards, so that
 * growing never needs the whole table twice.
 */
export class NameTable {
  readonly #shards: (Shard | undefined)[] = Array.from({ length: shardCount });
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The number of a name, 0 when it has none. */
  get(name: string): number {
    hashName(name);
    const shard = this.#shards[hash.low & (shardCount - 1)];
    return shard === undefined ? 0 : shard.values[slotOf(shard)]!;
  }

  /** Gives a name a number from 1 to 255. False when it had one, which is kept. */
  add(name: string, value: number): boolean {
    hashName(name);
    const at = hash.low & (shardCount - 1);
    let shard = (this.#shards[at] ??= emptyShard(firstSlots));
    if (shard.values[slotOf(shard)] !== 0) return false;
    if (shard.count >= shard.values.length * fullest) shard = this.#shards[at] = grown(shard);
    put(shard, value);
    this.#count += 1;
    return true;
  }
}

/** The hash of the name in hand. */
const hash = { high: 0, low: 0 };

/** Two 32-bit hashes with different multipliers, each mixed with the other at the end. */
function hashName(name: string): void {
  let low = 0x2545f491;
  let high = 0x6c62272e;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    low = Math.imul(low ^ code, 0x9e3779b1);
    high = Math.imul(high ^ code, 0x5f356495);
    low ^= low >>> 15;
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  hash.low = low >>> 0;
  hash.high = high >>> 0;
}

const emptyShard = (slots: number): Shard => ({
  keys: new Uint32Array(slots * 2),
  values: new Uint8Array(slots),
  count: 0,
});

/** The slot of the name in hand, or the free one where it belongs. */
function slotOf({ keys, values }: Shard): number {
  const slots = values.length;
  let slot = (hash.high ^ (hash.low >>> 8)) >>> 0;
  slot %= slots;
  while (values[slot] !== 0 && (keys[slot * 2] !== hash.low || keys[slot * 2 + 1] !== hash.high)) {
    slot += 1;
    if (slot === slots) slot = 0;
  }
  return slot;
}

function put(shard: Shard, value: number): void {
  const slot = slotOf(shard);
  shard.keys[slot * 2] = hash.low;
  shard.keys[slot * 2 + 1] = hash.high;
  shard.values[slot] = value;
  shard.count += 1;
}

/** A larger shard with the same names. The name in hand stays in hand. */
function grown(shard: Shard): Shard {
  const { low, high } = hash;
  const larger = emptyShard(Math.ceil(shard.values.length * growth));
  for (const [slot, value] of shard.values.entries()) {
    if (value === 0) continue;
    hash.low = shard.keys[slot * 2]!;
    hash.high = shard.keys[slot * 2 + 1]!;
    put(larger, value);
  }
  hash.low = low;
  hash.high = high;
  return larger;
}
