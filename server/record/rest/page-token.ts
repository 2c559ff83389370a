import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Problem } from '../../platform/errors.ts';

/** Hides a query in a link, because parameters that came in a body may name a person and must not stand in an address. */
export type PageTokens = { seal(query: string): string; open(token: string): string };

/** Makes sealed page links with a 32-byte key (AES-256-GCM). A link made with another key is refused. */
export function pageTokens(key: Buffer): PageTokens {
  return {
    seal(query) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(query, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length < 28) throw spent();
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        throw spent();
      }
    },
  };
}

const spent = (): Problem =>
  new Problem('rest/page-link', 410, 'This page link is no longer good.', {
    place: '_page',
    wayOut: 'Search again from the first page.',
  });
