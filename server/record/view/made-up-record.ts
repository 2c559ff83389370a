/** Small made-up resources for the tests of this room. */
import type { Resource } from '../types.ts';
import type { Filed } from './types.ts';

const snomed = 'http://snomed.info/sct';

export const hospital = { resourceType: 'Organization', id: 'northside', name: 'NORTHSIDE HOSPITAL' };
export const practice = {
  resourceType: 'Organization',
  id: 'mill-lane',
  name: 'Mill Lane Surgery',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y12345' }],
};

/** Files a resource as delivered by a source at a time. */
export function filed(resource: Resource, more: { source?: string; lastUpdated?: string } = {}): Filed {
  return { resource, source: 'urn:example:feed', lastUpdated: '2026-01-05T09:00:00.000Z', ...more };
}

export function patient(id: string, more: Record<string, unknown> = {}): Filed {
  return filed({
    resourceType: 'Patient',
    id,
    name: [{ use: 'official', family: 'Okafor', given: ['Ada', 'Grace'] }],
    birthDate: '1950-03-01',
    gender: 'female',
    ...more,
  });
}

/** A problem said by an organisation, active and confirmed unless told otherwise. */
export function problem(
  id: string,
  by: { id: string },
  more: { code?: string; text?: string; status?: string; certainty?: string; onset?: string } = {},
): Filed {
  const { code = '195967001', text = 'Asthma', status = 'active', certainty = 'confirmed' } = more;
  return filed({
    resourceType: 'Condition',
    id,
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system: snomed, code, display: `${text} (disorder)` }] },
    clinicalStatus: { coding: [{ code: status }] },
    verificationStatus: { coding: [{ code: certainty }] },
    onsetDateTime: more.onset ?? '2001-05-04',
    recorder: { reference: `Organization/${by.id}` },
  });
}

export function allergy(id: string, more: Record<string, unknown> = {}): Filed {
  return filed({
    resourceType: 'AllergyIntolerance',
    id,
    patient: { reference: 'Patient/p1' },
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { coding: [{ system: snomed, code: '91936005', display: 'Allergy to penicillin' }] },
    ...more,
  });
}

export function noKnownAllergy(id: string): Filed {
  return allergy(id, {
    code: { coding: [{ system: snomed, code: '716186003', display: 'No known allergy' }] },
  });
}

export function weight(id: string, day: string, value: unknown, more: Record<string, unknown> = {}): Filed {
  return filed({
    resourceType: 'Observation',
    id,
    status: 'final',
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }] },
    effectiveDateTime: `${day}T10:00:00Z`,
    valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
    performer: [{ reference: `Organization/${hospital.id}` }],
    ...more,
  });
}
