/** Bytes as this verifier passes them on. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export const utf8 = (text: string): Bytes => encoder.encode(text);

export function joinBytes(...parts: readonly (Uint8Array | readonly number[])[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A whole number as eight bytes, the highest first. */
export function uint64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(value / 0x100000000));
  view.setUint32(4, value >>> 0);
  return bytes;
}

export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += hexPairs[bytes[i]!]!;
  return text;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i++) binary += String.fromCharCode(bytes[i]!);
  return btoa(binary);
}

/** The bytes of standard base64 text. Throws when it is anything else, white space and other spellings of the same bytes included. */
export function fromBase64(text: string): Bytes {
  const binary = atob(text);
  if (btoa(binary) !== text) throw new Error('It is not base64 in its one right spelling.');
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** A SHA-256 hash in base64. Throws when it is not 32 bytes. */
export function hashFromBase64(text: string): Bytes {
  const bytes = fromBase64(text);
  if (bytes.length !== 32) throw new Error('A hash has 32 bytes.');
  return bytes;
}
