import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../platform/errors.ts';

/** The bytes of a file in pieces, unpacked when its name ends in .gz. Throws a Problem when they cannot be unpacked. */
export async function* bytesOf(file: string, name: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!name.endsWith('.gz')) {
    yield* raw as AsyncIterable<Uint8Array>;
    return;
  }
  const unpacked = createGunzip({ chunkSize: 1 << 20 });
  raw.on('error', (error) => unpacked.destroy(error));
  raw.pipe(unpacked);
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw isDamage(error) ? damaged(name, error) : error;
  } finally {
    raw.destroy();
  }
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

const damaged = (name: string, cause: unknown): Problem =>
  new Problem('organisations/file-damaged', 400, 'This file is damaged: it cannot be unpacked.', {
    place: name,
    wayOut: 'Fetch the file again.',
    cause,
  });
