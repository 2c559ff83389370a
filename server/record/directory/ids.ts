import { namedId, type OrganisationId } from '../../organisations/index.ts';

/** The ids of what belongs to an organisation: the same each time, so that writing it again changes nothing. */
export const locationId = (organisation: OrganisationId, key: string): string =>
  namedId(`location ${organisation} ${key}`);

export const serviceId = (organisation: OrganisationId, key: string): string =>
  namedId(`service ${organisation} ${key}`);

export const roleId = (organisation: OrganisationId, role: string, person: string | null): string =>
  namedId(`post ${organisation} ${role} ${person ?? ''}`);

export const affiliationId = (stay: {
  member: OrganisationId;
  body: OrganisationId;
  kind: string;
  from: string | null;
}): string => namedId(`affiliation ${stay.member} ${stay.body} ${stay.kind} ${stay.from ?? ''}`);
