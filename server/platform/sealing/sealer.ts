import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Hides a text so that it may stand in a web address, history or log. */
export type Sealer = {
  /** The text as letters, digits, `-` and `_` that say nothing. The same text looks different each time. */
  seal(text: string): string;
  /** The text again; undefined when it was sealed with another key, or was changed or cut. */
  open(sealed: string): string | undefined;
};

const nonceLength = 12;
const tagLength = 16;

/** Seals with a 32-byte key (AES-256-GCM, NIST SP 800-38D). */
export function createSealer(key: Buffer): Sealer {
  return {
    seal(text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < nonceLength + tagLength) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength));
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      try {
        const opened = decipher.update(bytes.subarray(nonceLength + tagLength));
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
