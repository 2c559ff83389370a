import { isNhsNumber, nhsNumberSystem } from './nhs-number.ts';
import type { Holder, LinkMethod, ObservedPatient } from './types.ts';

/**
 * Which person is this patient? The holder of the same NHS number, when the date of birth agrees too; else nobody known.
 * The cross-check guards against a number typed into the wrong record. Source: NHS England, PDS cross-check trace
 * (NHS number with date of birth).
 */
export function personFor(
  patient: ObservedPatient,
  holder: Holder | undefined,
): { personId: string | undefined; method: LinkMethod; claimsNumber: boolean } {
  const traceable = patient.nhsNumber !== undefined && patient.birthDate !== undefined;
  if (!traceable) return { personId: undefined, method: 'alone', claimsNumber: false };
  if (holder === undefined)
    return { personId: undefined, method: 'nhs-number-and-birth-date', claimsNumber: true };
  if (holder.birthDate !== patient.birthDate)
    return { personId: undefined, method: 'alone', claimsNumber: false };
  return { personId: holder.personId, method: 'nhs-number-and-birth-date', claimsNumber: false };
}

type PatientLike = { [element: string]: unknown };

/** Reads from a Patient resource what bears on who it is. Unusable values are left out, never guessed. */
export function observed(patientId: string, resource: PatientLike | undefined): ObservedPatient {
  if (resource === undefined) return { patientId, active: false };
  const identifiers = Array.isArray(resource['identifier']) ? resource['identifier'] : [];
  const numbers = identifiers
    .filter(isCurrentNhsNumber)
    .map((identifier) => identifier.value.replaceAll(' ', ''));
  const birthDate =
    typeof resource['birthDate'] === 'string' && /^\d{4}-\d\d-\d\d$/.test(resource['birthDate']);
  return {
    patientId,
    active: true,
    nhsNumber: numbers.find(isNhsNumber),
    birthDate: birthDate ? (resource['birthDate'] as string) : undefined,
  };
}

function isCurrentNhsNumber(identifier: unknown): identifier is { system: string; value: string } {
  if (typeof identifier !== 'object' || identifier === null) return false;
  const { system, value, use } = identifier as { system?: unknown; value?: unknown; use?: unknown };
  return system === nhsNumberSystem && typeof value === 'string' && use !== 'old' && use !== 'temp';
}
