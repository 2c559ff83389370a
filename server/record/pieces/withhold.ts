import { isRawNumber } from '../formats/index.ts';
import type { Resource } from '../types.ts';

/**
 * Elements that say where somebody is, or through whom they can be found, at any depth. Source: Personal Demographics Service, which
 * gives no address, contact or practice of a restricted record; elements of other types are chosen by their FHIR R4 definitions.
 */
const elements: ReadonlySet<string> = new Set([
  'address',
  'telecom',
  'contact',
  'generalPractitioner',
  'managingOrganization',
  'serviceProvider',
  'location',
  'origin',
  'destination',
  'custodian',
  'position',
  'text',
  'valueAddress',
  'valueContactPoint',
]);

/** Types that name a place or an organisation by being referred to. */
const places = /(?:^|\/)(?:Organization|Location|HealthcareService|PractitionerRole)\//;
const placeTypes: ReadonlySet<unknown> = new Set([
  'Organization',
  'Location',
  'HealthcareService',
  'PractitionerRole',
]);

const redacted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' };
const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** A resource without what says where the person is. It is marked as redacted. Free text and documents stay as they are. */
export function withoutLocation(resource: Resource): Resource {
  const { meta, ...rest } = resource;
  const { source: _source, ...kept } = meta ?? {};
  const cleaned = (stripped(rest) ?? {}) as Omit<Resource, 'meta'>;
  return marked({ ...cleaned, resourceType: resource.resourceType, meta: kept }, redacted);
}

/** A value without the elements that tell; undefined when nothing is left of it. */
function stripped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  if (Array.isArray(value)) {
    const kept = value.map(stripped).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const { reference, resourceType, type } = value as Record<string, unknown>;
  if (typeof reference === 'string' && places.test(reference)) return undefined;
  if (placeTypes.has(resourceType)) return undefined;
  if (reference === undefined && placeTypes.has(type) && 'identifier' in value) return undefined;
  const kept = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (elements.has(key) && tells(key, part)) return [];
    const left = stripped(part);
    return left === undefined ? [] : [[key, left]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** `text` is the narrative of a resource, which may say anything; elsewhere it is the words of a code. */
const tells = (key: string, part: unknown): boolean =>
  key !== 'text' || (typeof part === 'object' && part !== null && 'div' in part);

/** Keeps only the elements named. It is marked as a part of the resource. */
export function onlyElements(resource: Resource, names: ReadonlySet<string>): Resource {
  const kept = Object.entries(resource).filter(([key]) => names.has(key.replace(/^_/, '')));
  const { source: _source, ...meta } = resource.meta ?? {};
  return marked({ ...Object.fromEntries(kept), resourceType: resource.resourceType, meta }, subsetted);
}

/** The order of stored text is kept: type and id come first. */
function marked(resource: Resource, mark: { system: string; code: string }): Resource {
  const { resourceType, id, meta = {}, ...rest } = resource;
  const security = [...(meta.security ?? []), mark];
  return { resourceType, ...(id !== undefined && { id }), meta: { ...meta, security }, ...rest };
}
