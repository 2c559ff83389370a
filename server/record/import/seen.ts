import { NameTable } from './name-table.ts';

/** Resources of one input after which repeats are no longer looked for: beyond it the table would outgrow our memory. */
export const mostTracked = 20_000_000;

/** Remembers which resources an input has held. */
export class SeenInInput {
  readonly #names = new NameTable();

  /** True the first time a name is met. */
  isNew(name: string): boolean {
    return this.isFull || this.#names.add(name, 1);
  }

  /** True when names are no longer added. */
  get isFull(): boolean {
    return this.#names.count >= mostTracked;
  }
}
