import { isUtf8 } from 'node:buffer';
import { ByteWindow } from './byte-window.ts';
import { fault, rawText } from './faults.ts';
import { readJsonBytes, type JsonOptions } from './json-reader.ts';
import { scanHadSpace, scanValue } from './json-scan.ts';
import type { Fault, Part } from './types.ts';

const newline = 0x0a;
/** A line whose type is known at once and is not Bundle. */
const loneResource = /^\{\s*"resourceType"\s*:\s*"(?!Bundle")/;
const blank = /^\s*$/;

/** Reads newline-delimited JSON: each line is read on its own, so that a bad line harms no other. */
export async function* readNdjson(
  window: ByteWindow,
  options: JsonOptions,
): AsyncGenerator<Part[], void, void> {
  const lines = new LineReader(options);
  let start = 0;
  for (;;) {
    const parts: Part[] = [];
    let lineEnd = nextNewline(window, start);
    while (lineEnd !== -1) {
      lines.read(window.bytes.subarray(start, lineEnd), parts);
      start = lineEnd + 1;
      lineEnd = nextNewline(window, start);
    }
    if (parts.length > 0) yield parts;
    if (window.end - start > options.limits.resourceBytes * 2) {
      yield [lines.tooLong(window.bytes.subarray(start, window.end))];
      start = await skipLine(window);
    } else if (await window.more(start)) start = 0;
    else break;
  }
  const last: Part[] = [];
  if (start < window.end) lines.read(window.bytes.subarray(start, window.end), last);
  if (last.length > 0) yield last;
}

function nextNewline(window: ByteWindow, from: number): number {
  const at = window.bytes.indexOf(newline, from);
  return at < window.end ? at : -1;
}

/** Drops the rest of a line. Gives where the next one begins. */
async function skipLine(window: ByteWindow): Promise<number> {
  while (await window.more(window.end)) {
    const at = nextNewline(window, 0);
    if (at !== -1) return at + 1;
  }
  return window.end;
}

class LineReader {
  readonly #options: JsonOptions;
  #line = 0;
  #entries = 0;
  #bundles = 0;

  constructor(options: JsonOptions) {
    this.#options = options;
  }

  read(bytes: Buffer, parts: Part[]): void {
    this.#line += 1;
    const { limits } = this.#options;
    if (bytes.length <= limits.resourceBytes && isUtf8(bytes)) {
      const text = bytes.toString('utf8', 0, bytes.length);
      if (loneResource.test(text)) {
        this.#entries += 1;
        parts.push({
          kind: 'found',
          format: 'json',
          text,
          isCompact: scanValue(bytes, 0, bytes.length) === bytes.length && !scanHadSpace(),
          bundle: 0,
          entry: this.#entries,
          line: this.#line,
          column: 1,
        });
        return;
      }
      if (blank.test(text)) return;
    }
    this.#readAsInput(bytes, parts);
  }

  tooLong(bytes: Buffer): Fault {
    this.#line += 1;
    this.#entries += 1;
    return fault('oversize', {
      entry: this.#entries,
      line: this.#line,
      column: 1,
      ...rawText(bytes, this.#options.limits.rawBytes),
      rawCut: true,
    });
  }

  #readAsInput(bytes: Buffer, parts: Part[]): void {
    const window = ByteWindow.over(bytes, this.#line);
    const found = readJsonBytes(window, {
      ...this.#options,
      entries: this.#entries,
      bundles: this.#bundles,
    });
    for (const part of found) {
      this.#entries = part.kind === 'bundle' ? this.#entries : part.entry;
      if (part.kind === 'bundle') this.#bundles = part.bundle;
      parts.push(part);
    }
  }
}
