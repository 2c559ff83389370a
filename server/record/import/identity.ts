import { hash } from 'node:crypto';
import type { Found, Head } from './reading/index.ts';

const uuidUrn = /^urn:uuid:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;
const usualHead = /^\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"\s*,\s*"id"\s*:\s*"([^"\\]+)"/;

export type { Head };

/** Type and id of a resource in JSON; undefined when the text is not a resource. */
export function headOf(text: string): Head | undefined {
  const usual = usualHead.exec(text);
  if (usual !== null) return { type: usual[1]!, id: usual[2]! };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { resourceType, id } = value as Record<string, unknown>;
  if (typeof resourceType !== 'string') return undefined;
  return { type: resourceType, id: typeof id === 'string' ? id : undefined };
}

/**
 * The id under which a resource is stored: its own; else the UUID its bundle calls it by; else one that follows from the
 * source and the text, so that a second reading finds the first.
 */
export function idFor(
  found: Pick<Found, 'fullUrl' | 'text'>,
  own: string | undefined,
  source: string,
): string {
  if (own !== undefined) return own;
  const named = uuidOf(found.fullUrl ?? '');
  return named ?? uuidFrom('resource', source, found.text);
}

/** The UUID of a `urn:uuid:` link in lower case. */
export function uuidOf(link: string): string | undefined {
  return uuidUrn.exec(link)?.[1]?.toLowerCase();
}

/** A version 8 UUID that follows from texts alone. Source: RFC 9562, section 5.8. */
export function uuidFrom(...texts: string[]): string {
  return uuidOfHash(hash('sha256', JSON.stringify(texts), 'hex'));
}

/** The version 8 UUID of a SHA-256 in hexadecimal. */
export function uuidOfHash(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
