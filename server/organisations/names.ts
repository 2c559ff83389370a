import { hash } from 'node:crypto';
import type { OrganisationId } from './types.ts';

/** A number or name by which an organisation is known, as in FHIR: whose numbers, and which. */
export type Identifier = { system: string; value: string };

/** Identifier systems. Sources: FHIR UK Core (ODS); ONS codes have no system in UK Core, so this is ours. */
export const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code';
export const onsSystem = 'urn:openics:id:ons-code';

/** The system of a source's own names for organisations, and that of its codes for areas. */
export const localSystem = (source: string): string => `${source}#organisation`;
export const localAreaSystem = (source: string): string => `${source}#area`;

/**
 * The id of an organisation that was first known by this identifier: the same on every machine and at every load. It is a version 8
 * UUID of a SHA-256.
 */
export function organisationIdOf({ system, value }: Identifier): OrganisationId {
  return namedId(`organisation ${system} ${value}`);
}

/** A version 8 UUID (RFC 9562) of a text. */
export function namedId(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
