/** Finds out which organisation says something. */
import type { Organization, Patient, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes';
import type { Behind } from '../../../organisations/index.ts';
import type { Resource } from '../../types.ts';
import type { Filed, Source } from '../types.ts';
import { plainWording } from './codes.ts';
import { follow, referenceType, type Lookup } from './references.ts';

const odsCode = 'https://fhir.nhs.uk/Id/ods-organization-code';

/** Fields that name who stands behind a resource, most telling first. */
const authors = [
  'serviceProvider',
  'custodian',
  'performer',
  'author',
  'asserter',
  'recorder',
  'requester',
  'informationSource',
  'source',
  'managingOrganization',
];

/**
 * The organisation that says a resource: the one it names itself, else the one of its encounter, else the one that
 * manages the patient record, else the one behind its source, else whoever delivered it.
 */
export function sourceOf(filed: Filed, lookup: Lookup): Source {
  const { resource, behind } = filed;
  const found =
    namedBy(resource, lookup) ?? namedByEncounter(resource, lookup) ?? namedByPatient(resource, lookup);
  if (behind === undefined) return found ?? delivered(filed.source);
  return found === undefined || isOnlyCode(found, behind) ? ofOrganisation(behind) : found;
}

/** Messages often name their organisation by its code alone. */
const isOnlyCode = ({ name }: Source, { code }: Behind): boolean =>
  code !== undefined && name.toUpperCase() === code.toUpperCase();

const ofOrganisation = ({ code, name }: Behind): Source =>
  code === undefined ? fromName(name) : { key: `ods:${code.toUpperCase()}`, name: readableName(name) };

function namedBy(resource: Resource, lookup: Lookup): Source | undefined {
  for (const field of authors) {
    for (const reference of referencesIn(resource[field])) {
      const source = organisationOf(reference, resource, lookup);
      if (source !== undefined) return source;
    }
  }
  return undefined;
}

/** A field holds a reference, a list of them, or parts with an `actor` such as `Immunization.performer`. */
function referencesIn(field: unknown): Reference[] {
  if (field === undefined || field === null) return [];
  const each = (Array.isArray(field) ? field : [field]) as (Reference & { actor?: Reference })[];
  return each.map((one) => one.actor ?? one);
}

function organisationOf(reference: Reference, owner: Resource, lookup: Lookup): Source | undefined {
  const target = follow(reference, owner, lookup);
  if (target?.resourceType === 'Organization') return fromOrganisation(target as Organization);
  if (target?.resourceType === 'PractitionerRole') {
    const employer = (target as PractitionerRole).organization;
    return employer === undefined ? undefined : organisationOf(employer, target, lookup);
  }
  if (target !== undefined || referenceType(reference) !== 'Organization') return undefined;
  return reference.display === undefined ? undefined : fromName(reference.display);
}

const sourceOfOrganisation = new WeakMap<Organization, Source | undefined>();

/** Worked out once for each organisation: most statements of a record come from few. */
function fromOrganisation(organisation: Organization): Source | undefined {
  if (!sourceOfOrganisation.has(organisation)) sourceOfOrganisation.set(organisation, named(organisation));
  return sourceOfOrganisation.get(organisation);
}

function named(organisation: Organization): Source | undefined {
  const ods = organisation.identifier?.find((identifier) => identifier.system === odsCode)?.value;
  const name = organisation.name ?? ods;
  if (name === undefined) return undefined;
  return ods === undefined ? fromName(name) : { key: `ods:${ods.toUpperCase()}`, name: readableName(name) };
}

function fromName(name: string): Source {
  return { key: `name:${plainWording(name)}`, name: readableName(name) };
}

const smallWords = new Set(['of', 'and', 'the', 'for', 'in', 'at', 'on', 'by']);
const initials = new Set([
  'NHS',
  'GP',
  'UK',
  'ICB',
  'PCN',
  'A&E',
  'LLC',
  'PC',
  'MA',
  'CIC',
  'II',
  'III',
  'VA',
]);

/** A name sent all in capitals is hard to read: `LEEDS GENERAL INFIRMARY` becomes `Leeds General Infirmary`. */
export function readableName(name: string): string {
  if (name !== name.toUpperCase() || !/[A-Z]{4}/.test(name)) return name;
  return name
    .split(' ')
    .map((word, place) => {
      if (initials.has(word.replaceAll(/[^A-Z&]/g, ''))) return word;
      const small = word.toLowerCase();
      return place > 0 && smallWords.has(small)
        ? small
        : small.replaceAll(/(?<=^|[-(])[a-z]/g, (c) => c.toUpperCase());
    })
    .join(' ');
}

function namedByEncounter(resource: Resource, lookup: Lookup): Source | undefined {
  const link = (resource['encounter'] ??
    (resource['context'] as { encounter?: Reference[] } | undefined)?.encounter?.[0]) as
    Reference | undefined;
  const encounter = follow(link, resource, lookup);
  return encounter?.resourceType === 'Encounter' ? namedBy(encounter, lookup) : undefined;
}

function namedByPatient(resource: Resource, lookup: Lookup): Source | undefined {
  const link = (resource['subject'] ?? resource['patient']) as Reference | undefined;
  const patient = follow(link, resource, lookup);
  return patient?.resourceType === 'Patient' ? ofPatientRecord(patient as Patient, lookup) : undefined;
}

/** The organisation that keeps a patient record. A named GP practice is not enough: it may only be where the person is registered. */
function ofPatientRecord(patient: Patient, lookup: Lookup): Source | undefined {
  const manager = patient.managingOrganization;
  return manager === undefined ? undefined : organisationOf(manager, patient as unknown as Resource, lookup);
}

/** A delivery names a system by URI or by name; a URI is shown as it is. */
function delivered(source: string): Source {
  return { key: `delivered:${source}`, name: source };
}

/** The name of the person who signed something, where the record tells. */
export function practitionerName(
  reference: Reference | undefined,
  owner: Resource,
  lookup: Lookup,
): string | undefined {
  const target = follow(reference, owner, lookup);
  if (target?.resourceType === 'PractitionerRole') {
    return practitionerName((target as PractitionerRole).practitioner, target, lookup) ?? reference?.display;
  }
  if (target?.resourceType !== 'Practitioner') {
    return referenceType(reference) === 'Organization' ? undefined : reference?.display;
  }
  const name = (target as Practitioner).name?.[0];
  if (name === undefined) return reference?.display;
  return name.text ?? [...(name.prefix ?? []), ...(name.given ?? []), name.family].filter(Boolean).join(' ');
}
