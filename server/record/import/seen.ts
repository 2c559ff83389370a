import { isLater, type LineVersion } from './line-version.ts';
import { NameTable } from './name-table.ts';

/** Resources of one input after which repeats are no longer looked for: beyond it the table would outgrow our memory. */
export const mostTracked = 20_000_000;

/** Patients of one input whose versions are told apart; beyond it a second version is held back. */
const mostVersions = 200_000;

/** Up to here a plain set is faster and small enough. */
const fewNames = 20_000;

/** Remembers which resources an input has held. */
export class SeenInInput {
  #few: Set<string> | undefined = new Set();
  readonly #names = new NameTable();
  readonly #versions = new Map<string, LineVersion>();

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

  /**
   * True when a name met before comes as a later version. One line of a file may follow another about the same Patient: by its time
   * where both tell one, else by where it stands.
   */
  isLaterVersion(name: string, version: LineVersion | undefined, isFirst: boolean): boolean {
    if (version === undefined) return false;
    const before = isFirst ? undefined : this.#versions.get(name);
    if (!isFirst && (before === undefined || !isLater(version, before))) return false;
    if (isFirst && this.#versions.size >= mostVersions) return false;
    this.#versions.set(name, version);
    return !isFirst;
  }

  /** True when names are no longer added. */
  get isFull(): boolean {
    return this.#names.count >= mostTracked;
  }
}
