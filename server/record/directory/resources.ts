import {
  dayBefore,
  holdsOn,
  kinds,
  odsSystem,
  type Day,
  type DirectoryEntry,
  type Span,
} from '../../organisations/index.ts';
import type { Resource } from '../types.ts';
import { affiliationId, locationId, roleId, serviceId } from './ids.ts';

const codeSystem = (name: string): string => `urn:openics:codesystem:${name}`;
const odsRoleSystem =
  'https://digital.nhs.uk/services/organisation-data-service/CodeSystem/ODSOrganisationRole';

/** The FHIR resources that stand for an organisation, as they are on a day. Shapes: FHIR R4, UK Core identifiers. */
export function resourcesOf(entry: DirectoryEntry, day: Day): Resource[] {
  return [
    organizationOf(entry, day),
    ...entry.sites.map((site) => locationOf(entry, site, day)),
    ...entry.services.map((service) => healthcareServiceOf(entry, service, day)),
    ...entry.stays.map((stay) => affiliationOf(entry, stay, day)),
    ...entry.posts.map((post) => practitionerRoleOf(entry, post, day)),
  ];
}

const reference = (id: string, display?: string) => ({
  reference: `Organization/${id}`,
  ...(display !== undefined && { display }),
});

/** FHIR's period gives the last day, ours the first day after it. */
function periodOf({ from, to }: Span): { start?: string; end?: string } {
  return { ...(from !== null && { start: from }), ...(to !== null && { end: dayBefore(to) }) };
}

const withPeriod = (span: Span) => (span.from === null && span.to === null ? {} : { period: periodOf(span) });

function organizationOf(entry: DirectoryEntry, day: Day): Resource {
  const { id, now, identifiers, names, odsRoles, contacts, sites } = entry;
  const described = now ?? names[0];
  const others = [...new Set(names.map(({ name }) => name))].filter((name) => name !== described?.name);
  const telecom = telecomOf(contacts.filter((each) => holdsOn(each, day)));
  const roles = odsRoles.filter((each) => holdsOn(each, day));
  const types = [
    ...(described === undefined
      ? []
      : [{ coding: [coding('organisation-kind', described.kind, kinds[described.kind])] }]),
    ...roles.map(({ code, words }) => ({ coding: [{ system: odsRoleSystem, code, display: words }] })),
  ];
  const site = sites.find((each) => holdsOn(each, day));
  return {
    resourceType: 'Organization',
    id,
    ...(entry.source !== undefined && { meta: { source: entry.source } }),
    identifier: identifiers.map(({ system, value }) => ({
      ...(system === odsSystem && { use: 'official' }),
      system,
      value,
    })),
    active: now !== undefined && now.status === 'active',
    ...(types.length > 0 && { type: types }),
    ...(described !== undefined && { name: described.name }),
    ...(others.length > 0 && { alias: others }),
    ...(telecom.length > 0 && { telecom }),
    ...(site !== undefined && { address: [addressOf(site)] }),
    ...(entry.partOf !== undefined && { partOf: reference(entry.partOf.id, entry.partOf.name) }),
  };
}

const coding = (system: string, code: string, display: string) => ({
  system: codeSystem(system),
  code,
  display,
});

const telecomOf = (contacts: readonly { kind: 'phone' | 'email' | 'url'; value: string }[]) =>
  contacts.map(({ kind, value }) => ({ system: kind, value }));

function addressOf({ address, postcode }: DirectoryEntry['sites'][number]) {
  return {
    use: 'work',
    ...(address.length > 0 && { line: address }),
    ...(postcode !== null && { postalCode: postcode }),
    country: 'England',
  };
}

function locationOf(entry: DirectoryEntry, site: DirectoryEntry['sites'][number], day: Day): Resource {
  const { longitude, latitude } = site;
  return {
    resourceType: 'Location',
    id: locationId(entry.id, site.key),
    meta: { source: site.source },
    status: holdsOn(site, day) ? 'active' : 'inactive',
    name: site.name,
    mode: 'instance',
    address: addressOf(site),
    ...(longitude !== null && latitude !== null && { position: { longitude, latitude } }),
    managingOrganization: reference(entry.id),
  };
}

function healthcareServiceOf(
  entry: DirectoryEntry,
  service: DirectoryEntry['services'][number],
  day: Day,
): Resource {
  const words = wordsOf(service.kind);
  return {
    resourceType: 'HealthcareService',
    id: serviceId(entry.id, service.key),
    meta: { source: service.source },
    active: holdsOn(service, day),
    providedBy: reference(entry.id),
    type: [{ coding: [coding('service-kind', service.kind, words)], text: words }],
    ...(service.site !== null && {
      location: [{ reference: `Location/${locationId(entry.id, service.site)}` }],
    }),
    name: service.name,
  };
}

const wordsOf = (slug: string): string => {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** As the Organisation Data Service has it, `organization` is the member and `participatingOrganization` the body. */
function affiliationOf(entry: DirectoryEntry, stay: DirectoryEntry['stays'][number], day: Day): Resource {
  return {
    resourceType: 'OrganizationAffiliation',
    id: affiliationId(stay),
    meta: { source: stay.source },
    active: holdsOn(stay, day),
    ...withPeriod(stay),
    organization: reference(entry.id),
    participatingOrganization: reference(stay.body, stay.bodyName),
    code: [{ coding: [coding('membership-kind', stay.kind, wordsOf(stay.kind))] }],
  };
}

function practitionerRoleOf(
  entry: DirectoryEntry,
  post: DirectoryEntry['posts'][number],
  day: Day,
): Resource {
  const words = wordsOf(post.role);
  const telecom = telecomOf([
    ...(post.phone === null ? [] : [{ kind: 'phone' as const, value: post.phone }]),
    ...(post.email === null ? [] : [{ kind: 'email' as const, value: post.email }]),
  ]);
  return {
    resourceType: 'PractitionerRole',
    id: roleId(entry.id, post.role, post.person),
    meta: { source: post.source },
    active: holdsOn(post, day),
    ...withPeriod(post),
    ...(post.person !== null && { practitioner: { display: post.person } }),
    organization: reference(entry.id),
    code: [{ coding: [coding('post', post.role, words)], text: words }],
    ...(telecom.length > 0 && { telecom }),
  };
}
