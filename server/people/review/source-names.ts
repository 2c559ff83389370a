import { odsSystem, type Organisations } from '../../organisations/index.ts';

/** The names, on a day, of the organisations behind sources. A source of which no organisation is known is left out. */
export async function sourceNames(
  organisations: Organisations,
  sources: Iterable<string>,
  day: string,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const source of new Set(sources)) {
    const id = await organisationBehind(organisations, source);
    const found = id === undefined ? undefined : await organisations.findOrganisation(id, day);
    if (found !== undefined) names.set(source, found.name);
  }
  return names;
}

function organisationBehind(
  organisations: Organisations,
  source: string,
): ReturnType<Organisations['organisationBySource']> {
  const isCode = source.startsWith(`${odsSystem}/`);
  return isCode
    ? organisations.organisationByIdentifier({ system: odsSystem, value: source.slice(odsSystem.length + 1) })
    : organisations.organisationBySource(source);
}
