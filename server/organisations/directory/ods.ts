import { Problem } from '../../platform/errors.ts';
import { dayAfter, isDay } from '../days.ts';
import { odsSystem, type Identifier } from '../names.ts';
import type { Span } from '../types.ts';
import { kindOfRoles, membershipOf } from './ods-words.ts';
import { nothingSaid, type OrganisationSaid } from './said.ts';

/** FHIR R4 as the Organisation Data Terminology API sends it, as far as it is read here. */
type Json = { readonly [member: string]: unknown };

/** What files of the Organisation Data Service say. Relationships that are no membership are counted, not kept. */
export type OdsSaid = {
  organisations: OrganisationSaid[];
  affiliated: OrganisationSaid[];
  /** ODS codes that were taken out of its data altogether. */
  deleted: Identifier[];
  otherRelationships: number;
  otherResources: number;
};

export const odsSource = 'https://digital.nhs.uk/services/organisation-data-service';

/** Reads one resource, or a bundle of them. Throws a Problem that names the place of what cannot be read. */
export function readOds(resource: unknown, place: string): OdsSaid {
  const said: OdsSaid = {
    organisations: [],
    affiliated: [],
    deleted: [],
    otherRelationships: 0,
    otherResources: 0,
  };
  add(said, asObject(resource, place), place);
  return said;
}

function add(said: OdsSaid, resource: Json, place: string): void {
  switch (resource['resourceType']) {
    case 'Bundle':
      for (const [index, entry] of listIn(resource, 'entry').entries())
        add(
          said,
          asObject(entry['resource'], `${place}, entry ${index + 1}`),
          `${place}, entry ${index + 1}`,
        );
      return;
    case 'Organization':
      said.organisations.push(organisationIn(resource, place));
      return;
    case 'OrganizationAffiliation':
      addAffiliation(said, resource, place);
      return;
    case 'List':
      if (resource['id'] === 'Organization-deletion')
        for (const entry of listIn(resource, 'entry'))
          said.deleted.push(odsIdentifier(objectIn(entry, 'item'), place));
      return;
    default:
      said.otherResources++;
  }
}

function organisationIn(resource: Json, place: string): OrganisationSaid {
  const ods = listIn(resource, 'identifier').find((each) => each['system'] === odsSystem)?.['value'];
  const name = resource['name'];
  if (typeof ods !== 'string') throw wrong(`${place}, Organization.identifier`, 'It has no ODS code.');
  if (typeof name !== 'string') throw wrong(`${place}, Organization.name`, 'It has no name.');
  const said = nothingSaid({ system: odsSystem, value: ods });
  const roles = listIn(resource, 'extension')
    .filter(({ url }) => endsWith(url, 'OrganisationRole'))
    .map((role) => roleIn(role, place));
  said.odsRoles = roles.map(({ code, words, span }) => ({ code, words, ...span }));
  const isActive = resource['active'] !== false;
  said.descriptions.push({
    kind: kindOfRoles(roles.map(({ code }) => code)),
    name,
    status: isActive ? 'active' : 'inactive',
    from: earliest(roles.map(({ span }) => span.from)),
    to: null,
  });
  said.sites = listIn(resource, 'address').map((address, index) => ({
    key: index === 0 ? 'main' : `main-${index + 1}`,
    name,
    address: [...textsIn(address, 'line'), ...textsIn(address, 'city'), ...textsIn(address, 'district')],
    postcode: textsIn(address, 'postalCode')[0] ?? null,
    point: null,
    from: null,
    to: null,
  }));
  for (const { system, value } of listIn(resource, 'telecom')) {
    const kind = contactKinds[String(system)];
    if (kind !== undefined && typeof value === 'string')
      said.contacts.push({ kind, value, from: null, to: null });
  }
  return said;
}

const contactKinds: Readonly<Record<string, 'phone' | 'email' | 'url'>> = {
  phone: 'phone',
  email: 'email',
  url: 'url',
};

function roleIn(role: Json, place: string): { code: string; words: string; span: Span } {
  const parts = listIn(role, 'extension');
  const concept = objectIn(parts.find(({ url }) => url === 'roleCode') ?? {}, 'valueCodeableConcept');
  const coding = listIn(concept, 'coding')[0] ?? {};
  const code = coding['code'];
  if (typeof code !== 'string') throw wrong(`${place}, Organization.extension`, 'A role has no code.');
  return { code, words: String(coding['display'] ?? code), span: operationalSpan(parts, place) };
}

function addAffiliation(said: OdsSaid, resource: Json, place: string): void {
  const coding = listIn(listIn(resource, 'code')[0] ?? {}, 'coding')[0] ?? {};
  const kind = membershipOf(String(coding['code']));
  if (kind === undefined) {
    said.otherRelationships++;
    return;
  }
  const member = nothingSaid(odsIdentifier(objectIn(resource, 'organization'), place));
  const body = odsIdentifier(objectIn(resource, 'participatingOrganization'), place);
  const span =
    resource['period'] === undefined
      ? operationalSpan(listIn(resource, 'extension'), place)
      : spanOf(objectIn(resource, 'period'), place);
  member.memberships.push({ body: { ...body, place }, kind, key: `ods:${String(resource['id'])}`, ...span });
  said.affiliated.push(member, nothingSaid(body));
}

function odsIdentifier(reference: Json, place: string): Identifier {
  const { value } = objectIn(reference, 'identifier') as { value?: unknown };
  if (typeof value === 'string') return { system: odsSystem, value };
  throw wrong(place, 'An organisation is named without its ODS code.');
}

/** The operational period where one is given, else the legal one. Either gives its last day; ours is the day after. */
function operationalSpan(extensions: readonly Json[], place: string): Span {
  const typed = extensions
    .filter(({ url }) => endsWith(url, 'TypedPeriod'))
    .map((each) => listIn(each, 'extension'));
  const ofType = (wanted: string): Json | undefined => {
    const found = typed.find((parts) =>
      parts.some((part) => objectIn(part, 'valueCoding')['code'] === wanted),
    );
    return found?.find(({ url }) => url === 'period');
  };
  const period = ofType('Operational') ?? ofType('Legal');
  return spanOf(objectIn(period ?? {}, 'valuePeriod'), place);
}

function spanOf(period: Json, place: string): Span {
  const { start, end } = period;
  return { from: dayIn(start, place) ?? null, to: end === undefined ? null : dayAfter(dayIn(end, place)!) };
}

function dayIn(value: unknown, place: string): string | undefined {
  if (value === undefined) return undefined;
  const day = String(value).slice(0, 10);
  if (!isDay(day)) throw wrong(place, 'A period has a date that is no day of the calendar.');
  return day;
}

function earliest(days: readonly (string | null)[]): string | null {
  if (days.length === 0 || days.includes(null)) return null;
  return days.toSorted()[0] ?? null;
}

const endsWith = (url: unknown, name: string): boolean => String(url).endsWith(name);

function listIn(object: Json, member: string): Json[] {
  const value = object[member];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

function textsIn(object: Json, member: string): string[] {
  const value = object[member];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

const objectIn = (object: Json, member: string): Json => {
  const value = object[member];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
};

function asObject(value: unknown, place: string): Json {
  if (typeof value === 'object' && value !== null && 'resourceType' in value) return value as unknown as Json;
  throw wrong(place, 'This is no FHIR resource.');
}

const wrong = (place: string, text: string): Problem =>
  new Problem('organisations/ods-wrong', 400, text, {
    place,
    wayOut: 'Nothing of this file was stored. Fetch it again from the Organisation Data Service.',
  });
