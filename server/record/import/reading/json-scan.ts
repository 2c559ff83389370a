/** The end of the bytes was reached before the end of the value. */
export const needMore = -1;
/** The brackets or quotes do not fit together here. `scanFaultAt` tells where. */
export const broken = -2;

const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

const maxTracked = 512;
const opened = new Uint8Array(maxTracked);
let faultAt = 0;
let hadSpace = false;

/** Where the last scan that gave `broken` stopped. */
export function scanFaultAt(): number {
  return faultAt;
}

/** Whether the object or list scanned last held white space outside its strings. */
export const scanHadSpace = (): boolean => hadSpace;

/** Notes where a scan stopped, and gives `broken`. */
export function noteFault(at: number): typeof broken {
  faultAt = at;
  return broken;
}

/** The position after white space. May be `end`. */
export function skipSpace(bytes: Buffer, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
  return at;
}

/** The position after the closing quote; `at` is the first byte after the opening one. */
export function scanString(bytes: Buffer, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === quote) return at + 1;
    if (byte < 0x20) return noteFault(at);
    at += byte === backslash ? 2 : 1;
  }
  return needMore;
}

/** The position after the value that begins at `at`. Checks that brackets and quotes pair, and nothing else. */
export function scanValue(bytes: Buffer, at: number, end: number): number {
  if (at >= end) return needMore;
  const first = bytes[at]!;
  if (first === quote) return scanString(bytes, at + 1, end);
  if (first !== openBrace && first !== openBracket) return scanWord(bytes, at, end);
  let depth = 0;
  hadSpace = false;
  while (at < end) {
    const byte = bytes[at]!;
    at += 1;
    if (byte <= space) hadSpace = true;
    else if (byte === quote) {
      for (;;) {
        if (at >= end) return needMore;
        const inside = bytes[at]!;
        if (inside === quote) break;
        if (inside < 0x20) return noteFault(at);
        at += inside === backslash ? 2 : 1;
      }
      at += 1;
    } else if (byte === openBrace || byte === openBracket) {
      if (depth < maxTracked) opened[depth] = byte;
      depth += 1;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth < maxTracked && opened[depth] !== byte - 2) return noteFault(at - 1);
      if (depth === 0) return at;
    }
  }
  return needMore;
}

function scanWord(bytes: Buffer, at: number, end: number): number {
  const start = at;
  while (at < end) {
    const byte = bytes[at]!;
    const isPart =
      byte > 0x2c ? byte !== closeBrace && byte !== closeBracket && byte !== 0x3a : byte === 0x2b;
    if (!isPart) {
      return at > start ? at : noteFault(at);
    }
    at += 1;
  }
  return needMore;
}

/** Goes over a value that is too long to hold, in pieces: tells when its end was passed. */
export class LongValueSkipper {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** The position after the value, or `needMore` when all of the bytes belong to it. */
  skip(bytes: Buffer, at: number, end: number): number {
    while (at < end) {
      const byte = bytes[at]!;
      at += 1;
      if (this.#escaped) this.#escaped = false;
      else if (this.#inString) {
        if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inString = false;
      } else if (byte === quote) this.#inString = true;
      else if (byte === openBrace || byte === openBracket) this.#depth += 1;
      else if (byte === closeBrace || byte === closeBracket) {
        this.#depth -= 1;
        if (this.#depth === 0) return at;
      }
    }
    return needMore;
  }
}
