import { odsSystem } from './names.ts';
import type { Named, Organisations } from './service.ts';
import type { Day, OrganisationId } from './types.ts';

/** An organisation that a source names. `code` is its ODS code, where the source gives that. */
export type Behind = Pick<Named, 'name' | 'kind'> & { code: string | undefined };

/** The organisations, as they are on a day, behind sources (`meta.source`). A source of which none is known is left out. */
export async function behindSources(
  organisations: Organisations,
  sources: Iterable<string>,
  day: Day,
): Promise<Map<string, Behind>> {
  const behind = new Map<string, Behind>();
  for (const source of new Set(sources)) {
    const code = odsCodeIn(source);
    const id = await organisationBehind(organisations, source);
    const found = id === undefined ? undefined : await organisations.findOrganisation(id, day);
    if (found !== undefined) behind.set(source, { name: found.name, kind: found.kind, code });
  }
  return behind;
}

/** The organisation that a source names; undefined when it is not known. */
export async function organisationBehind(
  organisations: Pick<Organisations, 'organisationBySource' | 'organisationByIdentifier'>,
  source: string,
): Promise<OrganisationId | undefined> {
  const code = odsCodeIn(source);
  if (code === undefined) return organisations.organisationBySource(source);
  return organisations.organisationByIdentifier({ system: odsSystem, value: code });
}

/** The source that the code of an organisation stands for: an ODS code, or the id a source gave it. */
export const sourceOfCode = (code: string): string => `urn:openics:source:${encodeURIComponent(code)}`;

/** The ODS code in the URI of a source; undefined where it names no such organisation. */
export const odsCodeIn = (source: string): string | undefined =>
  source.startsWith(`${odsSystem}/`) ? source.slice(odsSystem.length + 1) : undefined;
