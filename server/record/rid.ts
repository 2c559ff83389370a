import { hash } from 'node:crypto';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The UUID that stands for a FHIR id in the tables. A lower-case UUID is itself; any other id becomes a version 8
 * UUID of its SHA-256. FHIR ids are case-sensitive, so an upper-case UUID is hashed too.
 */
export function ridOf(id: string): string {
  return id.length === 36 && uuidShape.test(id) ? id : hashedUuid(id);
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
