import { isResourceType, typeName, typeNumber } from '../resource-types.ts';
import type { Links } from './links.ts';
import { NameTable } from './name-table.ts';

/** Up to here a plain map is faster and small enough. */
const fewLinks = 20_000;
const urn = 'urn:uuid:';

/**
 * Links of a bundle. Beyond the first ones, a `urn:uuid:X` that stands for `Type/X` goes into a compact table, so that
 * a bundle may have many millions of entries.
 */
export class BundleLinks implements Links {
  readonly #types = new NameTable();
  readonly #targets = new Map<string, string>();
  #hasAliases = false;
  #hasBinaries = false;

  get hasAliases(): boolean {
    return this.#hasAliases;
  }

  get hasBinaries(): boolean {
    return this.#hasBinaries;
  }

  /** Says what a full URL stands for. */
  add(fullUrl: string, type: string, id: string): void {
    if (type === 'Binary') this.#hasBinaries = true;
    const isPlain = fullUrl === urn + id && isResourceType(type);
    if (isPlain && this.#targets.size >= fewLinks) this.#types.add(fullUrl, typeNumber(type));
    else this.#targets.set(fullUrl, `${type}/${id}`);
  }

  /** Says that a resource of this bundle is one that the record has under another id. */
  addAlias(from: string, to: string): void {
    this.#targets.set(from, to);
    this.#hasAliases = true;
    if (to.startsWith('Binary/')) this.#hasBinaries = true;
  }

  targetOf(link: string): string | undefined {
    const target = this.#targets.get(link);
    if (target !== undefined || this.#types.count === 0 || !link.startsWith(urn)) return target;
    const type = this.#types.get(link);
    return type === 0 ? undefined : `${typeName(type)}/${link.slice(urn.length)}`;
  }
}
