/** Finds people for the search page. */
import type { Patient } from '@medplum/fhirtypes';
import { nhsNumberSystem } from '../../people/index.ts';
import type { Resource, StoredResource } from '../types.ts';
import { bannerOf } from './banner.ts';
import { matchReasons, understand, type Misfit, type PersonQuery, type Typed } from './person-query.ts';
import { lookupOver, type Lookup } from './reading/references.ts';
import type { ViewServices } from './services.ts';
import type { Banner, Filed } from './types.ts';

export type Match = { personId: string; banner: Banner; reasons: string[] };

export type Matches = { matches: Match[]; total?: number | undefined; next?: string | undefined };

/** Finds people by what was typed, a page at a time; or tells what to mend in it. */
export async function findPeople(
  services: ViewServices,
  typed: Typed,
  page: { count: number; cursor?: string | undefined },
): Promise<Matches | { misfits: Misfit[] }> {
  const understood = understand(typed);
  if ('misfits' in understood) return understood;
  const { query } = understood;
  const { matches, total, next } = await services.findPatients(parameters(query), page);
  const filed = matches.map(filedOf);
  const [persons, lookup, behind] = await Promise.all([
    services.personsOf(matches.map((match) => match.patientId)),
    organisationsOf(services, filed),
    services.behindSources([...new Set(filed.map(({ source }) => source))]),
  ]);
  for (const each of filed) each.behind = behind.get(each.source);
  const byPerson = new Map<string, Filed[]>();
  matches.forEach((match, index) => {
    const personId = persons.get(match.patientId);
    if (personId !== undefined)
      byPerson.set(personId, [...(byPerson.get(personId) ?? []), filed[index] as Filed]);
  });
  const hidden = await services.protectedAmong([...byPerson.keys()]);
  const cards = [...byPerson].map(([personId, patients]) =>
    cardOf(personId, bannerOf(patients, lookup, hidden.has(personId)), patients, query),
  );
  return { matches: cards, total, next };
}

/** The organisations that keep these patient records. */
async function organisationsOf(services: ViewServices, patients: Filed[]): Promise<Lookup> {
  const ids = new Set<string>();
  for (const { resource } of patients) {
    const [type, id] = (resource as unknown as Patient).managingOrganization?.reference?.split('/') ?? [];
    if (type === 'Organization' && id !== undefined) ids.add(id);
  }
  if (ids.size === 0) return lookupOver([]);
  const stored = await services.readMany([...ids].map((id) => ({ type: 'Organization', id })));
  const found = stored.filter((each) => each !== undefined && !each.deleted) as StoredResource[];
  return lookupOver(found.map((each) => JSON.parse(each.content) as Resource));
}

function parameters(query: PersonQuery): [string, string][] {
  const list: [string, string][] = query.words.map((word) => ['name', escaped(word)]);
  if (query.born !== undefined) list.push(['birthdate', query.born]);
  if (query.nhsNumber !== undefined) list.push(['identifier', `${nhsNumberSystem}|${query.nhsNumber}`]);
  return list;
}

/** Signs with a meaning in FHIR search are part of a name here. */
function escaped(word: string): string {
  return word.replaceAll(/[\\,$|]/g, (sign) => `\\${sign}`);
}

function cardOf(personId: string, banner: Banner, patients: Filed[], query: PersonQuery): Match {
  const names = patients.flatMap((each) =>
    ((each.resource as unknown as Patient).name ?? []).map((name) =>
      [...(name.given ?? []), name.family, name.text].filter(Boolean).join(' '),
    ),
  );
  return {
    personId,
    banner,
    reasons: matchReasons(query, { names, born: banner.born, nhsNumbers: banner.nhsNumbers }),
  };
}

/** A search does not tell who delivered a record; without a source of its own it has no name to show. */
function filedOf(stored: StoredResource): Filed {
  const resource = JSON.parse(stored.content) as Resource;
  return {
    resource,
    source: resource.meta?.source ?? '',
    lastUpdated: stored.lastUpdated.toISOString(),
  };
}
