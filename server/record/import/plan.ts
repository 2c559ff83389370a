import {
  fault,
  readFile,
  type Fault,
  type Found,
  type InputFile,
  type Part,
  type Reading,
} from './reading/index.ts';
import type { ReadOptions } from './reading/index.ts';
import { noLinks, type Links } from './links.ts';

/** One entry that can now be judged, because everything its bundle says about it is known. */
export type Ready = {
  /** Place among all entries of the file, archive members one after the other, from 1. */
  ordinal: number;
  member: string;
  part: Found | Fault;
  /** Undefined for a resource that stands alone. */
  bundleType: string | undefined;
  links: Links;
};

/** The entries of a bundle that are in hand, and what they say of each other. */
export type BundlePart = { type: string; found: readonly Found[] };

/** Makes the links of a bundle from its entries. */
export type LinkMaker = (bundle: AsyncIterable<BundlePart>) => Promise<Links>;

/** Characters of a bundle held in memory. A longer one is read twice: first for its links, then for its entries. */
export const bundleWindow = 8 * 1024 * 1024;

const historyBundle = fault('not-fhir', {
  reason: 'A history bundle tells earlier versions, which an import does not take over.',
  wayOut: 'Ask the sender for the current resources (a search or an export).',
});

/** Reads a file and gives its entries, those of a bundle with the bundle's links. */
export async function* plan(
  file: InputFile,
  options: ReadOptions,
  makeLinks: LinkMaker,
): AsyncGenerator<Ready[], void, void> {
  const planner = new Planner(file, options, makeLinks);
  for await (const reading of readFile(file, options)) {
    const ready = await planner.take(reading);
    if (ready.length > 0) yield ready;
  }
  const last = await planner.finish();
  if (last.length > 0) yield last;
}

type OpenBundle = {
  number: number;
  /** Known from the first reading of a long bundle. */
  type: string | undefined;
  links: Links | undefined;
  held: (Found | Fault)[];
  heldLength: number;
};

class Planner {
  readonly #file: InputFile;
  readonly #options: ReadOptions;
  readonly #makeLinks: LinkMaker;
  #member = '';
  #ordinal = 0;
  #open: OpenBundle | undefined;
  #ready: Ready[] = [];

  constructor(file: InputFile, options: ReadOptions, makeLinks: LinkMaker) {
    this.#file = file;
    this.#options = options;
    this.#makeLinks = makeLinks;
  }

  async take({ member, parts }: Reading): Promise<Ready[]> {
    if (member !== this.#member) await this.#closeBundle('');
    this.#member = member;
    for (const part of parts) {
      if (part.kind === 'bundle') await this.#endBundle(part);
      else if (part.kind === 'found' && part.bundle > 0) await this.#hold(part);
      else if (this.#open !== undefined) this.#open.held.push(part);
      else this.#emit(part, undefined, noLinks);
    }
    return this.#takeReady();
  }

  async finish(): Promise<Ready[]> {
    await this.#closeBundle('');
    return this.#takeReady();
  }

  async #hold(found: Found): Promise<void> {
    if (this.#open !== undefined && this.#open.number !== found.bundle) await this.#closeBundle('');
    this.#open ??= { number: found.bundle, type: undefined, links: undefined, held: [], heldLength: 0 };
    const open = this.#open;
    open.held.push(found);
    open.heldLength += found.text.length;
    if (open.links !== undefined) this.#emitHeld(open, open.type ?? '', open.links);
    else if (open.heldLength > bundleWindow) await this.#readAhead(open);
  }

  /** A long bundle: its links and type come from reading the rest of it once beforehand. */
  async #readAhead(open: OpenBundle): Promise<void> {
    const ahead = new ReadAhead(this.#file, this.#options, this.#member, open.number);
    open.links = await this.#makeLinks(ahead.parts());
    open.type = ahead.type;
    this.#emitHeld(open, ahead.type, open.links);
  }

  async #endBundle(end: Extract<Part, { kind: 'bundle' }>): Promise<void> {
    if (this.#open !== undefined && this.#open.number !== end.bundle) await this.#closeBundle('');
    await this.#closeBundle(end.type);
    if (end.text === undefined) return;
    const { text, format, line, column } = end;
    this.#emit({ kind: 'found', format, text, bundle: 0, entry: 0, line, column }, undefined, noLinks);
  }

  async #closeBundle(type: string): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const found = open.held.filter((part) => part.kind === 'found');
    const links = open.links ?? (await this.#makeLinks(once({ type, found })));
    this.#emitHeld(open, open.type ?? type, links);
  }

  #emitHeld(open: OpenBundle, type: string, links: Links): void {
    for (const part of open.held) {
      if (type !== 'history' || part.kind === 'fault') this.#emit(part, type, links);
      else if (part.entry === 1)
        this.#emit({ ...historyBundle, line: part.line, entry: part.entry }, type, links);
    }
    open.held = [];
    open.heldLength = 0;
  }

  #emit(part: Found | Fault, bundleType: string | undefined, links: Links): void {
    this.#ordinal += 1;
    this.#ready.push({ ordinal: this.#ordinal, member: this.#member, part, bundleType, links });
  }

  #takeReady(): Ready[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

async function* once(part: BundlePart): AsyncGenerator<BundlePart, void, void> {
  yield part;
}

/** Reads a file again for one of its bundles. */
class ReadAhead {
  readonly #readings: AsyncIterable<Reading>;
  readonly #member: string;
  readonly #bundle: number;
  type = '';

  constructor(file: InputFile, options: ReadOptions, member: string, bundle: number) {
    this.#readings = readFile(file, { limits: options.limits, keepWhole: new Set() });
    this.#member = member;
    this.#bundle = bundle;
  }

  async *parts(): AsyncGenerator<BundlePart, void, void> {
    for await (const { member, parts } of this.#readings) {
      if (member !== this.#member) continue;
      const found = parts
        .filter((part) => part.kind === 'found')
        .filter((part) => part.bundle === this.#bundle);
      if (found.length > 0) yield { type: this.type, found };
      const end = parts.find((part) => part.kind === 'bundle' && part.bundle === this.#bundle);
      if (end?.kind !== 'bundle') continue;
      this.type = end.type;
      return;
    }
  }
}
