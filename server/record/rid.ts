import { hash } from 'node:crypto';

/**
 * The UUID that stands for a FHIR id in the tables. A lower-case UUID is itself; any other id becomes a version 8
 * UUID of its SHA-256. FHIR ids are case-sensitive, so an upper-case UUID is hashed too.
 */
export function ridOf(id: string): string {
  return isLowerCaseUuid(id) ? id : hashedUuid(id);
}

const dash = 0x2d;

/** Asked for every id and every reference, where a regular expression takes three times as long. */
function isLowerCaseUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== dash) return false;
    } else if (code < 0x30 || code > 0x66 || (code > 0x39 && code < 0x61)) return false;
  }
  return true;
}

/**
 * The patient_id under which a resource is filed that belongs to no patient. The type is part of it, so that
 * `Observation/example` is never taken for a row of `Patient/example`.
 */
export function homeOf(type: string, id: string): string {
  return type === 'Patient' ? ridOf(id) : hashedUuid(`${type}/${id}`);
}

function hashedUuid(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
