import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { InputFault } from './input-fault.ts';
import type { ReadingLimits } from './types.ts';

export type ByteSource = AsyncIterable<Buffer>;

const chunkBytes = 1 << 18;
/** Each chunk costs a turn of the event loop; a usual bundle is unpacked in one or two. */
const expandedChunkBytes = 1 << 20;
/** A small input may expand as it likes: it cannot harm. */
const freeExpansion = 64 * 1024 * 1024;

/** The bytes of a file; `read` is told of each chunk's length. */
export async function* fileBytes(
  path: string,
  read: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  const stream = createReadStream(path, { highWaterMark: chunkBytes });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      read(chunk.length);
      yield chunk;
    }
  } finally {
    stream.destroy();
  }
}

/** Bytes that are in memory already. */
export async function* wholeBytes(
  content: Buffer,
  read: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  read(content.length);
  yield content;
}

/** The first bytes of a source, and the source with them put back. */
export async function peek(
  source: ByteSource,
  wanted: number,
): Promise<{ head: Buffer; source: ByteSource }> {
  const iterator = source[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  let length = 0;
  while (length < wanted) {
    const next = await iterator.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
  }
  const head = taken.length === 1 ? taken[0]! : Buffer.concat(taken);
  return { head, source: withHead(head, iterator) };
}

async function* withHead(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, void> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Unpacks gzip. Throws an InputFault when it expands past the limits. */
export async function* gunzip(source: ByteSource, limits: ReadingLimits): AsyncGenerator<Buffer, void, void> {
  let packed = 0;
  const unpacker = createGunzip({ chunkSize: expandedChunkBytes });
  const feeding = feed(source, unpacker, (bytes) => {
    packed += bytes;
  });
  try {
    yield* guarded(unpacker, limits, () => packed);
    await feeding;
  } finally {
    unpacker.destroy();
    await feeding.catch(() => undefined);
  }
}

async function feed(
  source: ByteSource,
  unpacker: ReturnType<typeof createGunzip>,
  fed: (bytes: number) => void,
): Promise<void> {
  try {
    for await (const chunk of source) {
      if (unpacker.destroyed) return;
      fed(chunk.length);
      if (!unpacker.write(chunk)) await drained(unpacker);
    }
    unpacker.end();
  } catch (error) {
    unpacker.destroy(error instanceof Error ? error : new Error('unreadable'));
  }
}

function drained(unpacker: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      unpacker.off('drain', go);
      unpacker.off('close', go);
      resolve();
    };
    unpacker.once('drain', go);
    unpacker.once('close', go);
  });
}

/** Passes expanded bytes on as long as they keep to the limits. */
export async function* guarded(
  source: ByteSource,
  limits: ReadingLimits,
  packedBytes: () => number,
): AsyncGenerator<Buffer, void, void> {
  let expanded = 0;
  for await (const chunk of source) {
    expanded += chunk.length;
    const tooMuch = expanded > limits.expandedBytes;
    const tooFast = expanded > freeExpansion && expanded > limits.expansion * packedBytes();
    if (tooMuch || tooFast) throw new InputFault('expansion');
    yield chunk;
  }
}
