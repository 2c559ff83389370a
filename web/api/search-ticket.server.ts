/**
 * Keeps what somebody searched for out of web addresses: the address holds it sealed, so that history, logs and
 * bookmarks show nothing, and going back or reloading still works. A ticket opens only in the process that made it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type PersonSearch = { name: string; born: string; nhsNumber: string; cursor?: string };

const key = randomBytes(32);
const ivLength = 12;
const tagLength = 16;

/** Seals a search into a text fit for a web address. */
export function sealSearch(search: PersonSearch): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = [cipher.update(JSON.stringify(search), 'utf8'), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
}

/** Opens a sealed search; undefined when it was sealed by another process or was changed. */
export function openSearch(ticket: string): PersonSearch | undefined {
  const bytes = Buffer.from(ticket, 'base64url');
  if (bytes.length <= ivLength + tagLength) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength));
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    const opened = decipher.update(bytes.subarray(ivLength + tagLength));
    return JSON.parse(Buffer.concat([opened, decipher.final()]).toString('utf8')) as PersonSearch;
  } catch {
    return undefined;
  }
}
