import { odsSystem, type OrganisationId, type Organisations } from '../organisations/index.ts';

/** The organisation that a source names, and so answers for what came from it; undefined where none is known. */
export function holderOf(organisations: Organisations, source: string): Promise<OrganisationId | undefined> {
  return source.startsWith(`${odsSystem}/`)
    ? organisations.organisationByIdentifier({ system: odsSystem, value: source.slice(odsSystem.length + 1) })
    : organisations.organisationBySource(source);
}
