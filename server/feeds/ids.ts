import { hash } from 'node:crypto';

/** A version 8 UUID that follows from texts alone, so that the same thing said twice gets the same id. Source: RFC 9562, section 5.8. */
export function idFrom(...texts: string[]): string {
  const hex = hash('sha256', JSON.stringify(texts), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The first half of a SHA-256, as a UUID: tells whether two contents are the same. */
export function digestOf(bytes: Buffer): string {
  const hex = hash('sha256', bytes, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
