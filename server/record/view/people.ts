/** Finds people for the search page. */
import type { Patient } from '@medplum/fhirtypes';
import { nhsNumberSystem } from '../../people/index.ts';
import type { Resource, StoredResource } from '../types.ts';
import { bannerOf } from './banner.ts';
import { matchReasons, understand, type Misfit, type PersonQuery, type Typed } from './person-query.ts';
import { lookupOver } from './reading/references.ts';
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
  const persons = await services.personsOf(matches.map((match) => match.patientId));
  const byPerson = new Map<string, StoredResource[]>();
  for (const match of matches) {
    const personId = persons.get(match.patientId);
    if (personId !== undefined) byPerson.set(personId, [...(byPerson.get(personId) ?? []), match]);
  }
  const cards = [...byPerson].map(([personId, patients]) => cardOf(personId, patients, query));
  return { matches: cards, total, next };
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

function cardOf(personId: string, patients: StoredResource[], query: PersonQuery): Match {
  const filed = patients.map(filedOf);
  const banner = bannerOf(filed, lookupOver([]));
  const names = filed.flatMap((each) =>
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

function filedOf(stored: StoredResource): Filed {
  const resource = JSON.parse(stored.content) as Resource;
  return {
    resource,
    source: resource.meta?.source ?? 'Source not named',
    lastUpdated: stored.lastUpdated.toISOString(),
  };
}
