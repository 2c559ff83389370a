import { resourceTypes } from '../resource-types.ts';
import { uuidOf } from './identity.ts';
import type { Links } from './links.ts';

const typeNumbers = new Map<string, number>(resourceTypes.map((type, index) => [type, index + 1]));
const hexDigits = /-/g;
/** Up to here a plain map is faster and small enough. */
const fewLinks = 50_000;

/**
 * Links of a bundle. Beyond the first ones, each `urn:uuid:X` that stands for `Type/X` goes into a table of 18 bytes a
 * slot: exact, and small enough for a bundle of many millions of entries.
 */
export class BundleLinks implements Links {
  #words = new Uint32Array(4 * 16);
  #types = new Uint16Array(16);
  #count = 0;
  readonly #others = new Map<string, string>();
  #hasAliases = false;

  get hasAliases(): boolean {
    return this.#hasAliases;
  }

  /** Says what a full URL stands for. */
  add(fullUrl: string, type: string, id: string): void {
    if (this.#others.size < fewLinks) {
      this.#others.set(fullUrl, `${type}/${id}`);
      return;
    }
    const number = typeNumbers.get(type);
    if (number !== undefined && fullUrl === `urn:uuid:${id}` && uuidOf(fullUrl) === id)
      this.#insert(id, number);
    else this.#others.set(fullUrl, `${type}/${id}`);
  }

  /** Says that a resource of this bundle is one that the record has under another id. */
  addAlias(from: string, to: string): void {
    this.#others.set(from, to);
    this.#hasAliases = true;
  }

  targetOf(link: string): string | undefined {
    const other = this.#others.size === 0 ? undefined : this.#others.get(link);
    if (other !== undefined) return other;
    if (this.#count === 0) return undefined;
    const id = uuidOf(link);
    if (id === undefined || link !== `urn:uuid:${id}`) return undefined;
    const number = this.#types[this.#slotOf(id)]!;
    return number === 0 ? undefined : `${resourceTypes[number - 1]!}/${id}`;
  }

  #insert(id: string, number: number): void {
    if (this.#count * 3 > this.#types.length * 2) this.#grow();
    const slot = this.#slotOf(id);
    if (this.#types[slot] === 0) this.#count += 1;
    this.#types[slot] = number;
    this.#words.set(scratch, slot * 4);
  }

  /** The slot of an id, or the free one where it belongs. Leaves its words in `scratch`. */
  #slotOf(id: string): number {
    const hex = id.replace(hexDigits, '');
    for (let i = 0; i < 4; i += 1) scratch[i] = Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16);
    return this.#find();
  }

  #find(): number {
    const mask = this.#types.length - 1;
    let slot = mixed() & mask;
    while (this.#types[slot] !== 0 && !this.#isAt(slot)) slot = (slot + 1) & mask;
    return slot;
  }

  #isAt(slot: number): boolean {
    const at = slot * 4;
    const words = this.#words;
    return (
      words[at] === scratch[0] &&
      words[at + 1] === scratch[1] &&
      words[at + 2] === scratch[2] &&
      words[at + 3] === scratch[3]
    );
  }

  #grow(): void {
    const words = this.#words;
    const types = this.#types;
    const kept = scratch.slice();
    this.#words = new Uint32Array(words.length * 2);
    this.#types = new Uint16Array(types.length * 2);
    for (let slot = 0; slot < types.length; slot += 1) {
      if (types[slot] === 0) continue;
      scratch.set(words.subarray(slot * 4, slot * 4 + 4));
      const to = this.#find();
      this.#types[to] = types[slot]!;
      this.#words.set(scratch, to * 4);
    }
    scratch.set(kept);
  }
}

const scratch = new Uint32Array(4);

function mixed(): number {
  let value = scratch[0]! ^ Math.imul(scratch[1]!, 0x9e3779b1);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b) ^ Math.imul(scratch[2]!, 0xc2b2ae35);
  value = Math.imul(value ^ (value >>> 13), 0x27d4eb2f) ^ scratch[3]!;
  return (value ^ (value >>> 16)) >>> 0;
}
