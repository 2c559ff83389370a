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
    const code = source.startsWith(`${odsSystem}/`) ? source.slice(odsSystem.length + 1) : undefined;
    const id = await idBehind(organisations, source, code);
    const found = id === undefined ? undefined : await organisations.findOrganisation(id, day);
    if (found !== undefined) behind.set(source, { name: found.name, kind: found.kind, code });
  }
  return behind;
}

async function idBehind(
  organisations: Organisations,
  source: string,
  code: string | undefined,
): Promise<OrganisationId | undefined> {
  if (code === undefined) return organisations.organisationBySource(source);
  return organisations.organisationByIdentifier({ system: odsSystem, value: code });
}
