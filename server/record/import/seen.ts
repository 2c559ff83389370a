import { NameTable } from './name-table.ts';

/** Resources of one input after which repeats are no longer looked for: beyond it the table would outgrow our memory. */
export const mostTracked = 20_000_000;

/** Up to here a plain set is faster and small enough. */
const fewNames = 20_000;

/** Remembers which resources an input has held. */
export class SeenInInput {
  #few: Set<string> | undefined = new Set();
  readonly #names = new NameTable();

  /** True the first time a name is met. */
  isNew(name: string): boolean {
    if (this.#few === undefined) return this.isFull || this.#names.add(name, 1);
    if (this.#few.has(name)) return false;
    this.#few.add(name);
    if (this.#few.size > fewNames) {
      for (const each of this.#few) this.#names.add(each, 1);
      this.#few = undefined;
    }
    return true;
  }

  /** True when names are no longer added. */
  get isFull(): boolean {
    return this.#names.count >= mostTracked;
  }
}
