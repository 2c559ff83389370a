import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { uuidFrom } from './identity.ts';
import type { InputFile } from './reading/index.ts';

const smallBytes = 8 * 1024 * 1024;

/**
 * The id of an input: it follows from who sent it and from its bytes, whatever it is called. A small file is kept in
 * `content`, so that it is not read twice. Throws when it cannot be read.
 */
export async function identify(file: InputFile, source: string): Promise<{ id: string; content?: Buffer }> {
  if (file.bytes <= smallBytes) {
    const content = await readFile(file.path);
    return { id: uuidFrom('file', source, hash('sha256', content)), content };
  }
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 }))
    digest.update(chunk as Buffer);
  return { id: uuidFrom('file', source, digest.digest('hex')) };
}
