import { crc32 } from 'node:zlib';

/** Entries of one input after which repeats are no longer looked for: beyond it the table would outgrow our memory. */
export const mostTracked = 16_000_000;

/**
 * Remembers, of each resource an input holds, a fingerprint of its text: 16 bytes a slot. Names that
 * differ look alike once in 2^52 pairs, and texts of one name once in 2^32.
 */
export class SeenInInput {
  #keys = new Float64Array(1024);
  #texts = new Float64Array(1024);
  #count = 0;

  /** `new`, the `same` text as before, or something `different` under the same name. */
  note(name: string, text: string): 'new' | 'same' | 'different' {
    const key = nameHash(name);
    const print = textPrint(text);
    const slot = this.#find(key);
    if (this.#keys[slot] === key) return this.#texts[slot] === print ? 'same' : 'different';
    if (this.#count >= mostTracked) return 'new';
    this.#keys[slot] = key;
    this.#texts[slot] = print;
    this.#count += 1;
    if (this.#count * 3 > this.#keys.length * 2) this.#grow();
    return 'new';
  }

  get isFull(): boolean {
    return this.#count >= mostTracked;
  }

  #find(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = Math.floor(key / 4096) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const texts = this.#texts;
    this.#keys = new Float64Array(keys.length * 2);
    this.#texts = new Float64Array(keys.length * 2);
    for (const [from, key] of keys.entries()) {
      if (key === 0) continue;
      const slot = this.#find(key);
      this.#keys[slot] = key;
      this.#texts[slot] = texts[from]!;
    }
  }
}

/** 52 bits of two FNV-1a hashes, never 0. */
function nameHash(name: string): number {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000197);
  }
  return (high >>> 12) * 0x100000000 + (low >>> 0) || 1;
}

/** The CRC-32 of a text and its length. */
function textPrint(text: string): number {
  return (text.length % 0x100000) * 0x100000000 + crc32(text);
}
