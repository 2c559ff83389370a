import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { uuidFrom } from './identity.ts';

/** The id of an input: it follows from who sent it and from its bytes, whatever it is called. Throws when it cannot be read. */
export async function fileIdentity(path: string, source: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    digest.update(chunk as Buffer);
  return uuidFrom('file', source, digest.digest('hex'));
}
