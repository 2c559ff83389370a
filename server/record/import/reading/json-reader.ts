import { isUtf8 } from 'node:buffer';
import type { ByteWindow } from './byte-window.ts';
import { fault, rawText } from './faults.ts';
import { looksLikeEntries, readEntry } from './json-entry.ts';
import { closed, memberKey, memberPlace, nextMember } from './json-members.ts';
import { broken, LongValueSkipper, needMore, scanFaultAt, scanValue, skipSpace } from './json-scan.ts';
import type { BundleEnd, Fault, Found, Part, ReadingLimits } from './types.ts';

export type JsonOptions = {
  limits: ReadingLimits;
  /** Bundle types whose whole text is wanted at their end. */
  keepWhole: ReadonlySet<string>;
  /** Entries already counted, when this is a piece of a longer input. */
  entries?: number;
  bundles?: number;
};

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;

/** An entry that begins after a damaged one. */
const nextEntry = /\}\s*,\s*(?=\{\s*"(?:fullUrl|resource)"\s*:)/g;
const partsAtOnce = 256;

/** Reads resources and bundles, one after the other, from JSON of any length. Yields them in small lists. */
export async function* readJson(
  window: ByteWindow,
  options: JsonOptions,
): AsyncGenerator<Part[], void, void> {
  const reader = new JsonReader(window, options);
  let parts: Part[] = [];
  for (;;) {
    const step = reader.step();
    if (step === 'more') {
      if (parts.length > 0) yield parts;
      parts = [];
      await reader.fill();
    } else if (step === 'done') break;
    else if (step !== undefined) parts.push(step);
    if (parts.length >= partsAtOnce) {
      yield parts;
      parts = [];
    }
  }
  if (parts.length > 0) yield parts;
}

/** Reads bytes that are all there. */
export function readJsonBytes(window: ByteWindow, options: JsonOptions): Part[] {
  const reader = new JsonReader(window, options);
  const parts: Part[] = [];
  for (let step = reader.step(); step !== 'done'; step = reader.step()) {
    if (step === 'more') reader.fillNothing();
    else if (step !== undefined) parts.push(step);
  }
  return parts;
}

type Step = Part | 'more' | 'done' | undefined;
type Head = { resourceType?: string; type?: string };

class JsonReader {
  readonly #window: ByteWindow;
  readonly #limits: ReadingLimits;
  readonly #keepWhole: ReadonlySet<string>;
  #state: 'between' | 'entries' | 'tail' | 'skipping' | 'broken-bundle' | 'done' = 'between';
  /** Where the piece in hand begins. */
  #piece = 0;
  /** Where the bundle in hand begins, or -1 when its whole text is not kept. */
  #bundleStart = -1;
  #bundlePlace = { line: 1, column: 1 };
  #head: Head = {};
  #knownBundle: Head | undefined;
  #entry: number;
  #firstEntry = 0;
  #bundle: number;
  #nothingMore = false;
  #skipper: LongValueSkipper | undefined;
  #afterSkipping: 'between' | 'entries' = 'between';
  #skipped: Fault | undefined;

  constructor(window: ByteWindow, options: JsonOptions) {
    this.#window = window;
    this.#limits = options.limits;
    this.#keepWhole = options.keepWhole;
    this.#entry = options.entries ?? 0;
    this.#bundle = options.bundles ?? 0;
  }

  step(): Step {
    switch (this.#state) {
      case 'between':
        return this.#between();
      case 'entries':
        return this.#entries();
      case 'tail':
        return this.#members(this.#piece, 'tail');
      case 'skipping':
        return this.#skipping();
      case 'broken-bundle':
        return this.#endBundle(this.#window.end, false);
      case 'done':
        return 'done';
    }
  }

  async fill(): Promise<void> {
    const { resourceBytes } = this.#limits;
    if (this.#window.end - this.#piece > resourceBytes * 2) {
      this.#tooLong = true;
      return;
    }
    if (this.#window.end - this.#bundleStart > resourceBytes) this.#bundleStart = -1;
    const keep = this.#bundleStart >= 0 ? this.#bundleStart : this.#piece;
    if (!(await this.#window.more(keep))) {
      this.#nothingMore = true;
      return;
    }
    this.#piece -= keep;
    if (this.#bundleStart >= 0) this.#bundleStart -= keep;
  }

  fillNothing(): void {
    this.#nothingMore = true;
  }

  #tooLong = false;

  #between(): Step {
    const { bytes, end } = this.#window;
    let at = this.#piece;
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    at = skipSpace(bytes, at, end);
    this.#piece = at;
    if (at >= end) {
      if (!this.#nothingMore) return 'more';
      this.#state = 'done';
      return undefined;
    }
    if (bytes[at] === openBrace) {
      this.#head = this.#knownBundle ?? {};
      return this.#members(at + 1, 'object');
    }
    this.#state = 'done';
    return fault('not-fhir', {
      ...this.#place(at),
      entry: this.#entry + 1,
      ...rawText(bytes.subarray(at, end), this.#limits.rawBytes),
      reason:
        bytes[at] === openBracket
          ? 'A JSON list is not FHIR: resources come in a Bundle or as NDJSON.'
          : 'A FHIR resource begins with {, and this does not.',
    });
  }

  /** Goes over the members of a top-level object, from `at`: the whole of it, or what follows a bundle's entries. */
  #members(from: number, where: 'object' | 'tail'): Step {
    const { bytes, end } = this.#window;
    let at = from;
    let hasEntries = false;
    for (;;) {
      const valueStart = nextMember(bytes, at, end);
      if (valueStart === closed) {
        return where === 'tail'
          ? this.#endBundle(memberPlace.end)
          : this.#endObject(memberPlace.end, hasEntries);
      }
      if (valueStart === needMore) return this.#notWhole(end);
      if (valueStart === broken) return this.#damaged(scanFaultAt());
      const key = memberKey(bytes);
      if (key === 'entry' && bytes[valueStart] === openBracket && where === 'object') {
        const isBundle = this.#beginsEntries(valueStart);
        if (isBundle === undefined) return this.#notWhole(end);
        if (isBundle) return this.#startBundle(valueStart);
        hasEntries = true;
      } else if (key === 'entry' && where === 'tail') return this.#damaged(valueStart);
      at = scanValue(bytes, valueStart, end);
      if (at === needMore) return this.#notWhole(end);
      if (at === broken) return this.#damaged(scanFaultAt());
      if (bytes[valueStart] === quote && (key === 'resourceType' || key === 'type')) {
        this.#head[key] = bytes.toString('latin1', valueStart + 1, at - 1);
      }
    }
  }

  /** Whether the list at `at` holds a Bundle's entries. List.entry has the same name, and the type may come later. */
  #beginsEntries(at: number): boolean | undefined {
    if (this.#head.resourceType !== undefined) return this.#head.resourceType === 'Bundle';
    return looksLikeEntries(this.#window.bytes, at, this.#window.end);
  }

  #startBundle(listStart: number): Step {
    this.#bundle += 1;
    this.#firstEntry = this.#entry;
    this.#bundlePlace = this.#window.placeOf(this.#piece);
    const type = this.#head.type;
    this.#bundleStart = type === undefined || this.#keepWhole.has(type) ? this.#piece : -1;
    this.#knownBundle = undefined;
    this.#piece = listStart + 1;
    this.#state = 'entries';
    return undefined;
  }

  #endObject(end: number, hasEntries: boolean): Step {
    if (this.#head.resourceType === 'Bundle') {
      if (hasEntries && this.#knownBundle === undefined) {
        this.#knownBundle = { ...this.#head };
        return undefined;
      }
      this.#bundle += 1;
      this.#firstEntry = this.#entry;
      this.#bundlePlace = this.#window.placeOf(this.#piece);
      this.#bundleStart = this.#piece;
      this.#knownBundle = undefined;
      return this.#endBundle(end);
    }
    const found = this.#found(this.#piece, end, this.#piece, 0);
    this.#piece = end;
    return found;
  }

  #endBundle(end: number, whole = true): Step {
    const type = this.#head.type ?? '';
    const wanted = whole && this.#bundleStart >= 0 && this.#keepWhole.has(type);
    const bytes = wanted ? this.#window.bytes.subarray(this.#bundleStart, end) : undefined;
    const part: BundleEnd = {
      kind: 'bundle',
      format: 'json',
      bundle: this.#bundle,
      type,
      entries: this.#entry - this.#firstEntry,
      whole,
      ...this.#bundlePlace,
    };
    if (bytes !== undefined && bytes.length <= this.#limits.resourceBytes && isUtf8(bytes)) {
      part.text = bytes.toString('utf8');
    }
    this.#bundleStart = -1;
    this.#piece = end;
    this.#state = whole ? 'between' : 'done';
    return part;
  }

  #entries(): Step {
    const { bytes, end } = this.#window;
    let at = skipSpace(bytes, this.#piece, end);
    if (bytes[at] === comma && at < end) at = skipSpace(bytes, at + 1, end);
    this.#piece = at;
    if (at >= end) return this.#notWhole(at);
    if (bytes[at] === closeBracket) {
      this.#piece = at + 1;
      this.#state = 'tail';
      return undefined;
    }
    if (bytes[at] !== openBrace) return this.#damaged(at);
    return this.#entryObject(at);
  }

  #entryObject(start: number): Step {
    const { bytes, end } = this.#window;
    const entry = readEntry(bytes, start, end);
    if (entry === needMore) return this.#notWhole(end);
    if (entry === broken) return this.#damaged(scanFaultAt());
    this.#piece = entry.end;
    const { resourceStart, resourceEnd } = entry;
    const found = this.#found(
      resourceStart,
      resourceEnd,
      resourceEnd === 0 ? start : resourceStart,
      this.#bundle,
    );
    if (found.kind === 'found') {
      found.isCompact = entry.isCompact;
      if (entry.fullUrl !== undefined) found.fullUrl = entry.fullUrl;
      if (entry.request !== undefined) found.request = entry.request;
    }
    return found;
  }

  #found(start: number, end: number, placeAt: number, bundle: number): Found | Fault {
    this.#entry += 1;
    const bytes = this.#window.bytes.subarray(start, end);
    const place = this.#place(placeAt);
    if (bytes.length > this.#limits.resourceBytes) {
      return fault('oversize', { ...place, entry: this.#entry, ...rawText(bytes, this.#limits.rawBytes) });
    }
    if (!isUtf8(bytes)) {
      return fault('encoding', {
        ...place,
        entry: this.#entry,
        ...rawText(bytes, this.#limits.resourceBytes),
      });
    }
    const text = bytes.toString('utf8', 0, bytes.length);
    return {
      kind: 'found',
      format: 'json',
      text,
      bundle,
      entry: this.#entry,
      line: place.line,
      column: place.column,
    };
  }

  /** The piece goes on beyond the bytes in hand: read on, give up on it as too long, or say that the input is cut off. */
  #notWhole(at: number): Step {
    if (this.#tooLong) return this.#startSkipping();
    if (!this.#nothingMore) return 'more';
    return this.#damaged(Math.min(at, this.#window.end), 'truncated');
  }

  /** Reports the piece in hand and goes on with the next entry, where one can be told. */
  #damaged(at: number, code: 'malformed' | 'truncated' = 'malformed'): Step {
    const { bytes, end } = this.#window;
    const start = this.#piece;
    const inBundle = this.#state === 'entries' || this.#state === 'tail';
    const next = this.#state === 'entries' ? this.#findNextEntry(start) : -1;
    if (
      next === -1 &&
      this.#state === 'entries' &&
      !this.#nothingMore &&
      end - start < this.#limits.resourceBytes
    ) {
      return 'more';
    }
    const raw = rawText(bytes.subarray(start, next === -1 ? end : next), this.#limits.resourceBytes);
    const place = this.#window.placeAhead(Math.max(at, start));
    if (next === -1) this.#state = inBundle ? 'broken-bundle' : 'done';
    else this.#piece = next;
    this.#entry += 1;
    return fault(next === -1 ? code : 'malformed', {
      ...place,
      entry: this.#entry,
      ...raw,
      ...(code === 'malformed' && next === -1
        ? {
            reason: `The JSON is not well formed here, and ${inBundle ? 'no later entry' : 'nothing after it'} could be told apart.`,
          }
        : {}),
    });
  }

  #findNextEntry(start: number): number {
    nextEntry.lastIndex = 0;
    const text = this.#window.bytes.toString('latin1', start, this.#window.end);
    const match = nextEntry.exec(text);
    return match === null ? -1 : start + match.index + match[0].length;
  }

  #startSkipping(): Step {
    const { bytes, end } = this.#window;
    this.#tooLong = false;
    this.#bundleStart = -1;
    if (this.#state === 'tail') return this.#damaged(this.#piece);
    this.#entry += 1;
    this.#skipped = fault('oversize', {
      ...this.#place(this.#piece),
      entry: this.#entry,
      ...rawText(bytes.subarray(this.#piece, end), this.#limits.rawBytes),
      rawCut: true,
    });
    this.#afterSkipping = this.#state === 'entries' ? 'entries' : 'between';
    this.#skipper = new LongValueSkipper();
    this.#state = 'skipping';
    return undefined;
  }

  #skipping(): Step {
    const { bytes, end } = this.#window;
    const next = this.#skipper!.skip(bytes, this.#piece, end);
    this.#piece = next === needMore ? end : next;
    if (next === needMore && !this.#nothingMore) return 'more';
    if (next !== needMore) this.#state = this.#afterSkipping;
    else this.#state = this.#afterSkipping === 'entries' ? 'broken-bundle' : 'done';
    return this.#skipped;
  }

  #place(at: number): { line: number; column: number } {
    return this.#window.placeOf(at);
  }
}
