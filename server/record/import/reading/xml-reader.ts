import { SaxesParser, type SaxesTagNS } from 'saxes';
import { fault } from './faults.ts';
import { TextWindow } from './text-window.ts';
import type { BundleEnd, EntryRequest, Found, Part, ReadingLimits } from './types.ts';

export type XmlOptions = {
  limits: ReadingLimits;
  /** Bundle types whose whole text is wanted at their end. */
  keepWhole: ReadonlySet<string>;
};

type Namespaces = Record<string, string>;

/** Depths at which the parts of a bundle stand; the root is at 1. */
const depth = { root: 1, member: 2, entryMember: 3, resource: 4, requestMember: 4 } as const;
const nextEntry = /<(?:[\w-]+:)?entry[\s>]/;
const rootStart = /^\s*<([\w:.-]+)/;
const requestKeys = new Set(['method', 'url', 'ifNoneExist', 'ifMatch']);

/** Reads one resource, or a bundle entry by entry, from XML of any length. */
export async function* readXml(
  source: AsyncIterable<string>,
  options: XmlOptions,
): AsyncGenerator<Part[], void, void> {
  const reader = new XmlReader(options);
  for await (const text of source) {
    const parts = reader.write(text);
    if (parts.length > 0) yield parts;
    if (reader.done) return;
  }
  yield reader.close();
}

/** Thrown through the parser to leave it at a fault. */
class Malformed extends Error {}

class XmlReader {
  readonly #limits: ReadingLimits;
  readonly #keepWhole: ReadonlySet<string>;
  readonly #window = new TextWindow();
  #parser!: SaxesParser<{ xmlns: true; position: true }>;
  /** Position in the input of the parser's own position 0. */
  #shift = 0;
  #parts: Part[] = [];
  #depth = 0;
  #isBundle = false;
  #bundleOver = false;
  #bundleStart = -1;
  #rootTag = '';
  #type = '';
  #entry = 0;
  #entryStart = -1;
  #tagStart = 0;
  #path: string[] = [];
  #namespaces: Namespaces[] = [];
  #fullUrl: string | undefined;
  #request: Record<string, string> | undefined;
  #resource: Found | undefined;
  #resourceStart = -1;
  #tooLong = false;
  /** Where the text stopped being well formed, while the next entry is looked for. */
  #lostAt: number | undefined;
  done = false;

  constructor(options: XmlOptions) {
    this.#limits = options.limits;
    this.#keepWhole = options.keepWhole;
    this.#startParser(0);
  }

  write(text: string): Part[] {
    this.#window.append(text);
    if (this.#lostAt === undefined) this.#feed(text);
    else this.#seekEntry(false);
    if (this.#lostAt === undefined) this.#dropRead();
    if (this.#window.length > this.#limits.resourceBytes * 4) this.#giveUp('oversize');
    return this.#takeParts();
  }

  close(): Part[] {
    if (this.#lostAt !== undefined) this.#seekEntry(true);
    if (this.done) return this.#takeParts();
    try {
      this.#parser.close();
      if (this.#depth === 0 && this.#rootTag === '') this.#giveUp('truncated');
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#giveUp('truncated');
    }
    return this.#takeParts();
  }

  #startParser(shift: number): void {
    this.#shift = shift;
    this.#depth = 0;
    const parser = new SaxesParser({ xmlns: true, position: true });
    parser.on('error', () => {
      throw new Malformed();
    });
    parser.on('doctype', () => {
      throw new Malformed();
    });
    parser.on('opentagstart', () => {
      this.#tagStart = this.#window.lastIndexOf('<', this.#position - 1);
    });
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', () => this.#close());
    this.#parser = parser;
  }

  get #position(): number {
    return this.#parser.position + this.#shift;
  }

  #feed(text: string): void {
    try {
      this.#parser.write(text);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#lostAt = this.#position;
      this.#seekEntry(!this.#isBundle);
    }
  }

  /** After damage: goes on with the next entry, waits for it, or gives up. */
  #seekEntry(isEnd: boolean): void {
    const start = Math.max(this.#entryStart, 0);
    const next = this.#isBundle ? this.#window.search(nextEntry, start + 1) : -1;
    if (next !== -1) {
      this.#report('malformed', this.#lostAt!, start, next);
      this.#lostAt = undefined;
      this.#startParser(next - this.#rootTag.length);
      this.#entryStart = next;
      this.#feed(this.#rootTag + this.#window.slice(next, this.#window.end));
    } else if (isEnd || this.#window.end - start > this.#limits.resourceBytes) this.#giveUp('malformed');
  }

  #takeParts(): Part[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  #open(tag: SaxesTagNS): void {
    this.#depth += 1;
    if (this.#depth <= depth.resource) {
      this.#path.length = this.#depth - 1;
      this.#path.push(tag.local);
      this.#namespaces.length = this.#depth - 1;
      this.#namespaces.push(tag.ns);
    }
    if (this.#depth === depth.root && this.#rootTag === '') this.#openRoot(tag);
    if (this.#isBundle) this.#openInBundle(tag);
  }

  #openRoot(tag: SaxesTagNS): void {
    this.#rootTag = this.#window.slice(this.#tagStart, this.#position);
    this.#isBundle = tag.local === 'Bundle';
    this.#bundleStart = this.#tagStart;
    this.#entryStart = this.#tagStart;
  }

  #openInBundle(tag: SaxesTagNS): void {
    const value = tag.attributes['value']?.value ?? '';
    if (this.#depth === depth.member) {
      if (tag.local === 'type') this.#setType(value);
      if (tag.local === 'entry') this.#openEntry();
    } else if (this.#path[1] === 'entry') this.#openInEntry(tag.local, value);
  }

  #setType(value: string): void {
    this.#type = value;
    if (!this.#keepWhole.has(value)) this.#bundleStart = -1;
  }

  #openEntry(): void {
    this.#entryStart = this.#tagStart;
    this.#fullUrl = undefined;
    this.#request = undefined;
    this.#resource = undefined;
  }

  #openInEntry(name: string, value: string): void {
    if (this.#depth === depth.entryMember && name === 'fullUrl') this.#fullUrl = value;
    if (this.#depth === depth.entryMember && name === 'request') this.#request = {};
    if (this.#depth !== depth.resource) return;
    if (this.#path[2] === 'resource') this.#resourceStart = this.#tagStart;
    if (this.#path[2] === 'request' && requestKeys.has(name))
      this.#request = { ...this.#request, [name]: value };
  }

  #close(): void {
    if (this.#isBundle) this.#closeInBundle();
    else if (this.#depth === depth.root) this.#closeLone();
    this.#depth -= 1;
  }

  #closeInBundle(): void {
    if (this.#depth === depth.root) return this.#closeBundle(true);
    if (this.#path[1] !== 'entry') return;
    if (this.#depth === depth.member) return this.#closeEntry();
    if (this.#depth === depth.resource && this.#path[2] === 'resource' && !this.#tooLong) {
      this.#resource = this.#found(this.#resourceStart, this.#position, this.#namespaces.slice(0, 3));
    }
  }

  #closeEntry(): void {
    this.#entry += 1;
    const place = this.#window.placeOf(this.#entryStart);
    if (this.#tooLong) {
      this.#tooLong = false;
      this.#parts.push(fault('oversize', { entry: this.#entry, ...place, rawCut: true }));
    } else {
      const found: Found = this.#resource ?? {
        kind: 'found',
        format: 'xml',
        text: '',
        bundle: 1,
        entry: this.#entry,
        ...place,
      };
      found.entry = this.#entry;
      if (this.#fullUrl !== undefined) found.fullUrl = this.#fullUrl;
      if (this.#request !== undefined) found.request = requestOf(this.#request);
      this.#parts.push(found);
    }
    this.#entryStart = this.#position;
  }

  #closeBundle(whole: boolean): void {
    if (this.#bundleOver) return;
    this.#bundleOver = true;
    const part: BundleEnd = {
      kind: 'bundle',
      format: 'xml',
      bundle: 1,
      type: this.#type,
      entries: this.#entry,
      whole,
      line: 1,
      column: 1,
    };
    if (whole && this.#bundleStart >= 0 && this.#keepWhole.has(this.#type)) {
      part.text = this.#window.slice(this.#bundleStart, this.#position);
    }
    this.#parts.push(part);
  }

  #closeLone(): void {
    this.#entry += 1;
    if (this.#tooLong) {
      this.#parts.push(fault('oversize', { entry: this.#entry, line: 1, column: 1, rawCut: true }));
      return;
    }
    const found = this.#found(this.#entryStart, this.#position, []);
    this.#parts.push({ ...found, bundle: 0, entry: this.#entry });
  }

  #found(from: number, to: number, outer: Namespaces[]): Found {
    const text = withNamespaces(this.#window.slice(from, to), outer);
    return { kind: 'found', format: 'xml', text, bundle: 1, entry: 0, ...this.#window.placeOf(from) };
  }

  /** Lets go of text that no open piece needs, and of a piece that grew too long. */
  #dropRead(): void {
    const { resourceBytes } = this.#limits;
    if (this.#bundleStart >= 0 && this.#position - this.#bundleStart > resourceBytes) this.#bundleStart = -1;
    const inPiece = this.#isBundle
      ? this.#path[1] === 'entry' && this.#depth >= depth.member
      : this.#depth > 0;
    if (inPiece && this.#position - this.#entryStart > resourceBytes * 2) this.#tooLong = true;
    const keepFrom = inPiece && !this.#tooLong ? this.#entryStart : this.#position - 1;
    const tagOpen = this.#window.lastIndexOf('<', this.#window.end);
    this.#window.drop(Math.min(keepFrom, tagOpen, this.#bundleStart >= 0 ? this.#bundleStart : keepFrom));
  }

  /** Reports the piece in hand and ends the reading. */
  #giveUp(code: 'malformed' | 'truncated' | 'oversize'): void {
    const start = Math.max(this.#entryStart, 0);
    this.#report(code, this.#lostAt ?? this.#position, start, this.#window.end);
    if (this.#isBundle) this.#closeBundle(false);
    this.#lostAt = undefined;
    this.done = true;
  }

  #report(code: 'malformed' | 'truncated' | 'oversize', at: number, start: number, end: number): void {
    this.#entry += 1;
    this.#tooLong = false;
    const raw = this.#window.slice(start, end);
    const isCut = raw.length > this.#limits.resourceBytes;
    this.#parts.push(
      fault(this.#rootTag === '' ? 'not-fhir' : code, {
        entry: this.#entry,
        ...this.#window.placeOf(Math.max(at, start)),
        raw: isCut ? raw.slice(0, this.#limits.resourceBytes) : raw,
        ...(isCut ? { rawCut: true } : {}),
      }),
    );
  }
}

/** Gives a piece of XML the namespace declarations it had from the elements around it. */
function withNamespaces(text: string, outer: Namespaces[]): string {
  const start = rootStart.exec(text);
  if (start === null) return text;
  const inherited: Namespaces = Object.assign({}, ...outer) as Namespaces;
  const tagEnd = text.indexOf('>');
  const own = text.slice(0, tagEnd);
  const missing = Object.entries(inherited)
    .map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const)
    .filter(([name]) => !own.includes(` ${name}=`));
  const added = missing.map(
    ([name, uri]) => ` ${name}="${uri.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
  );
  const at = start[0].length;
  return text.slice(0, at) + added.join('') + text.slice(at);
}

function requestOf(fields: Record<string, string>): EntryRequest {
  const request: EntryRequest = { method: fields['method'] ?? '', url: fields['url'] ?? '' };
  if (fields['ifNoneExist'] !== undefined) request.ifNoneExist = fields['ifNoneExist'];
  if (fields['ifMatch'] !== undefined) request.ifMatch = fields['ifMatch'];
  return request;
}
