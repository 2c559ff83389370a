import { open, type Entry, type ZipFile } from 'yauzl';
import { guarded, type ByteSource } from './byte-source.ts';
import { InputFault } from './input-fault.ts';
import type { ReadingLimits } from './types.ts';

export type Member = { name: string; bytes: ByteSource };

/** The files in a zip archive, one after the other; each must be read before the next is asked for. */
export async function* zipMembers(path: string, limits: ReadingLimits): AsyncGenerator<Member, void, void> {
  const zip = await opened(path);
  try {
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === undefined) return;
      if (entry.fileName.endsWith('/')) continue;
      yield { name: entry.fileName, bytes: memberBytes(zip, entry, limits) };
    }
  } finally {
    zip.close();
  }
}

function opened(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, strictFileNames: false }, (error, zip) => {
      if (error !== null) reject(damaged(error));
      else resolve(zip);
    });
  });
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      zip.removeAllListeners('entry');
      zip.removeAllListeners('end');
      zip.removeAllListeners('error');
    };
    zip.once('entry', (entry: Entry) => {
      done();
      resolve(entry);
    });
    zip.once('end', () => {
      done();
      resolve(undefined);
    });
    zip.once('error', (error: Error) => {
      done();
      reject(damaged(error));
    });
    zip.readEntry();
  });
}

async function* memberBytes(
  zip: ZipFile,
  entry: Entry,
  limits: ReadingLimits,
): AsyncGenerator<Buffer, void, void> {
  if (entry.isEncrypted()) throw new InputFault('archive', 'The archive is encrypted.');
  const stream = await new Promise<AsyncIterable<Buffer> & { destroy(): void }>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => {
      if (error !== null) reject(damaged(error));
      else resolve(readable as AsyncIterable<Buffer> & { destroy(): void });
    });
  });
  try {
    yield* guarded(stream, limits, () => entry.compressedSize);
  } catch (error) {
    throw damaged(error);
  } finally {
    stream.destroy();
  }
}

function damaged(error: unknown): unknown {
  if (error instanceof InputFault) return error;
  const fromDisk = error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
  return fromDisk ? error : new InputFault('archive');
}
