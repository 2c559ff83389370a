import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The SHA-256 of a file. */
export async function hashOf(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 })) sum.update(bytes as Buffer);
  return sum.digest('hex');
}
