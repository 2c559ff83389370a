import { stat } from 'node:fs/promises';
import { ByteWindow } from './byte-window.ts';
import { fileBytes, gunzip, peek, wholeBytes, type ByteSource } from './byte-source.ts';
import { fault } from './faults.ts';
import { faultOf } from './input-fault.ts';
import { readJson } from './json-reader.ts';
import { readNdjson } from './ndjson-reader.ts';
import { isTar, tarMembers } from './tar.ts';
import type { Part, ReadingLimits } from './types.ts';
import type { InputFile } from './walk.ts';
import { decodedXml } from './xml-text.ts';
import { readXml } from './xml-reader.ts';
import { zipMembers, type Member } from './zip.ts';

export type ReadOptions = {
  limits: ReadingLimits;
  keepWhole: ReadonlySet<string>;
  /** Told of each chunk's length as it is read from disk. */
  onBytes?: (bytes: number) => void;
};

/** Parts of one input. `member` names the file inside an archive and is empty outside one. */
export type Reading = { member: string; parts: Part[] };

const sniffBytes = 1 << 18;

/**
 * Reads one file of any kind we know, in constant memory. Faults come among the parts: nothing is thrown for what the
 * file holds. The last part says so when the file changed while it was read.
 */
export async function* readFile(file: InputFile, options: ReadOptions): AsyncGenerator<Reading, void, void> {
  try {
    yield* readAny(file, options);
  } catch (error) {
    yield faultReading(error, '');
  }
  if (await hasChanged(file)) yield { member: '', parts: [fault('changed')] };
}

async function* readAny(file: InputFile, options: ReadOptions): AsyncGenerator<Reading, void, void> {
  const onBytes = options.onBytes ?? ((): void => undefined);
  const { head, source } = await peek(bytesOf(file, onBytes), 4);
  if (isZip(head)) {
    await source[Symbol.asyncIterator]().return?.();
    onBytes(file.bytes - head.length);
    yield* readMembers(zipMembers(file.path, options.limits), options);
    return;
  }
  const plain = isGzip(head) ? await peek(gunzip(source, options.limits), 512) : await peek(source, 512);
  if (isTar(plain.head)) {
    yield* readMembers(tarMembers(plain.source), options);
    return;
  }
  for await (const parts of readOne(plain.source, file.name, options)) yield { member: '', parts };
}

function bytesOf(file: InputFile, onBytes: (bytes: number) => void): ByteSource {
  return file.content === undefined ? fileBytes(file.path, onBytes) : wholeBytes(file.content, onBytes);
}

async function* readMembers(
  members: AsyncIterable<Member>,
  options: ReadOptions,
): AsyncGenerator<Reading, void, void> {
  for await (const { name, bytes } of members) {
    if (isLeftOut(name)) continue;
    try {
      for await (const parts of readOne(bytes, name, options)) yield { member: name, parts };
    } catch (error) {
      yield faultReading(error, name);
    }
  }
}

/** Reads bytes that are not, or no longer, compressed. */
async function* readOne(
  source: ByteSource,
  name: string,
  options: ReadOptions,
): AsyncGenerator<Part[], void, void> {
  const peeked = await peek(source, sniffBytes);
  const { head } = peeked;
  const kind = kindOf(head, name);
  try {
    if (kind === 'xml') yield* readXml(decodedXml(peeked.source, head), options);
    else if (kind === 'ndjson') yield* readNdjson(new ByteWindow(peeked.source), options);
    else if (kind === 'json') yield* readJson(new ByteWindow(peeked.source), options);
    else yield [fault(kind)];
  } finally {
    await peeked.source[Symbol.asyncIterator]().return?.();
  }
}

type Kind = 'xml' | 'json' | 'ndjson' | 'empty' | 'encoding' | 'nested-archive' | 'not-fhir';

function kindOf(head: Buffer, name: string): Kind {
  if (isZip(head) || isGzip(head) || isTar(head)) return 'nested-archive';
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const textOf = (bytes: Buffer): string =>
    bytes
      .toString(isUtf16 ? 'utf16le' : 'utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
  const text = textOf(head.subarray(0, 1024)) || textOf(head);
  if (text === '') return head.length < sniffBytes ? 'empty' : 'json';
  if (text.startsWith('<') || (isUtf16 && head[0] === 0xfe && head[3] === 0x3c)) return 'xml';
  if (isUtf16 || (head.length > 1 && head[1] === 0)) return 'encoding';
  if (text.startsWith('{') || /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(name)) {
    return isNdjson(head, name) ? 'ndjson' : 'json';
  }
  return 'not-fhir';
}

/** NDJSON by its name, or because the first line is whole and the next one begins an object too. */
function isNdjson(head: Buffer, name: string): boolean {
  if (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(name)) return true;
  const lineEnd = head.indexOf(0x0a);
  if (lineEnd === -1) return false;
  const endOfLine = head.toString('latin1', Math.max(0, lineEnd - 80), lineEnd);
  return /\}\s*$/.test(endOfLine) && /^\s*\{/.test(head.toString('latin1', lineEnd, lineEnd + 80));
}

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isZip = (head: Buffer): boolean =>
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  (head[2] === 3 || head[2] === 5) &&
  (head[3] === 4 || head[3] === 6);

/** Members that systems add to archives and folders: hidden files and read-me texts. */
function isLeftOut(member: string): boolean {
  return /(?:^|\/)(?:\.[^./]|__MACOSX\/)|\.(?:md|txt|csv|tsv|html?)$/i.test(member);
}

function faultReading(error: unknown, member: string): Reading {
  const problem = faultOf(error);
  if (problem === undefined) throw error;
  return { member, parts: [problem] };
}

async function hasChanged(file: InputFile): Promise<boolean> {
  const now = await stat(file.path).catch(() => undefined);
  return now === undefined ? true : now.size !== file.bytes || now.mtimeMs !== file.modifiedMs;
}
