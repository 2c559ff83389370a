import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { withoutMarks } from '../errors/typos.ts';
import type { FileStyle, OutputFile } from './layout.ts';

/** Stands in a message for its control id, which is known only when all messages are in order. */
export const controlIdMark = '\u0001';

export type Closing = { file: OutputFile; parts: string[]; controlIdPrefix: string };
export type Closed = { path: string; bytes: number; sha256: string };
/** A finished file with how many lines or messages it holds and the minutes they lie between. */
export type FileFacts = Closed & { records: number; from: number; to: number };

/** Puts the parts of one file together, in order, under its final name. */
export function closeFile(folder: string, { file, parts, controlIdPrefix }: Closing): Closed {
  const target = path.join(folder, file.path);
  mkdirSync(path.dirname(target), { recursive: true });
  return file.style.order === 'people'
    ? joinParts(file.path, target, parts, file.style)
    : sortParts(file.path, target, parts, file.style, controlIdPrefix);
}

function joinParts(name: string, target: string, parts: string[], style: FileStyle): Closed {
  const [first, ...others] = parts;
  if (style.header === undefined) {
    renameSync(first!, target);
  } else {
    writeFileSync(target, `${style.header}\n`);
    others.unshift(first!);
  }
  for (const part of others) {
    for (const chunk of chunksOf(part)) appendFileSync(target, chunk);
    rmSync(part);
  }
  const hash = createHash('sha256');
  let bytes = 0;
  for (const chunk of chunksOf(target)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { path: name, bytes, sha256: hash.digest('hex') };
}

function* chunksOf(file: string): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(1 << 20);
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      const length = readSync(handle, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}

function sortParts(name: string, target: string, parts: string[], style: FileStyle, prefix: string): Closed {
  const lines = parts.flatMap((part) => readFileSync(part, 'utf8').split('\n').slice(0, -1));
  const keyed = lines.map((line) => {
    const tab = line.indexOf('\t');
    return { at: Number(line.slice(0, tab)), text: line.slice(tab + 1) };
  });
  // Equal times stay in the order of the people: sorting is stable.
  keyed.sort((a, b) => a.at - b.at);
  const body = keyed.map(({ text }, i) => dressed(text, style, `${prefix}${String(i + 1).padStart(7, '0')}`));
  const head = style.header === undefined ? '' : style.header + style.lineEnd;
  const bytes = encoded(head + body.join(''), style.encoding);
  writeFileSync(target, bytes);
  for (const part of parts) rmSync(part);
  return { path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function dressed(text: string, style: FileStyle, controlId: string): string {
  if (style.framing === 'lines') return text + style.lineEnd;
  const message = text.replace(controlIdMark, controlId);
  const ended = style.segmentEnd === '\r' ? message : message.replaceAll('\r', style.segmentEnd!);
  return `\u000b${ended}\u001c\r`;
}

const beyondLatin = /[\u0100-\uffff]/g;

function encoded(text: string, encoding: FileStyle['encoding']): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`);
  return Buffer.from(
    text.replace(beyondLatin, (wide) => withoutMarks(wide).replace(beyondLatin, '?')),
    'latin1',
  );
}
