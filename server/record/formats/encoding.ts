import { isUtf8 } from 'node:buffer';
import { Problem } from '../../platform/errors.ts';

const declaration = /^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;
const accepted = new Set(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);

/** Decodes UTF-8, with or without a byte order mark. Throws a Problem that tells the first wrong byte. */
export function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf16(buffer)) throw wrongEncoding('The text is UTF-16, but JSON must be UTF-8', 'byte 1');
  if (!isUtf8(buffer))
    throw wrongEncoding('The text is not valid UTF-8', `byte ${firstWrongByte(buffer) + 1}`);
  return buffer.toString('utf8', hasUtf8Mark(buffer) ? 3 : 0);
}

/** Decodes XML by its byte order mark, its declaration, else as UTF-8. ISO-8859-1 is read as windows-1252, as browsers do. */
export function decodeXml(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = xmlEncoding(buffer);
  if (encoding === 'utf-8') return decodeUtf8(buffer);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(buffer);
  } catch (cause) {
    throw wrongEncoding(`The text is not valid ${encoding}`, undefined, cause);
  }
}

/** Says whether bytes look like XML: the first character that is not white space is `<`. */
export function isXml(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  let at = hasUtf8Mark(buffer) ? 3 : isUtf16(buffer) ? 2 : 0;
  while (
    buffer[at] === 0x20 ||
    buffer[at] === 0x09 ||
    buffer[at] === 0x0a ||
    buffer[at] === 0x0d ||
    buffer[at] === 0
  )
    at += 1;
  return buffer[at] === 0x3c;
}

function xmlEncoding(buffer: Buffer): string {
  if (hasUtf8Mark(buffer)) return 'utf-8';
  if (isUtf16(buffer)) return buffer[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const label = declaration.exec(buffer.toString('latin1', 0, 200))?.[1];
  if (label === undefined) return 'utf-8';
  const encoding = encodingOf(label);
  if (encoding === undefined || !accepted.has(encoding) || encoding.startsWith('utf-16')) {
    throw wrongEncoding('The XML declares an encoding that is not supported here', 'line 1');
  }
  return encoding;
}

function encodingOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function hasUtf8Mark(buffer: Buffer): boolean {
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
}

function isUtf16(buffer: Buffer): boolean {
  return (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff);
}

/** Finds, by halving, the longest start of the bytes that is UTF-8; the character after it is wrong. */
function firstWrongByte(buffer: Buffer): number {
  let good = 0;
  let bad = buffer.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (cutCharacter(buffer.subarray(0, middle)) === undefined) bad = middle;
    else good = middle;
  }
  return good - (cutCharacter(buffer.subarray(0, good)) ?? 0);
}

/** How many bytes of a cut-off character end the bytes (0 to 3); undefined when they are not UTF-8 even so. */
function cutCharacter(buffer: Buffer): number | undefined {
  for (let cut = 0; cut <= 3 && cut <= buffer.length; cut += 1) {
    const tail = buffer.subarray(buffer.length - cut);
    if (cut > 0 && !((tail[0] as number) >= 0xc2 && tail.subarray(1).every((byte) => byte >> 6 === 0b10)))
      continue;
    if (isUtf8(buffer.subarray(0, buffer.length - cut))) return cut;
  }
  return undefined;
}

function wrongEncoding(what: string, place: string | undefined, cause?: unknown): Problem {
  return new Problem('record/encoding', 400, `${what}.`, {
    ...(place === undefined ? {} : { place }),
    wayOut: 'Send UTF-8.',
    cause,
  });
}
