import { database } from '../../../test/support/database.ts';
import { puts } from '../../../test/support/puts.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createStore } from '../store/index.ts';
import type { Resource } from '../types.ts';
import { createSearch, type SearchResult } from './index.ts';

export const db = await database();
export const definitions = await openDefinitions();
export const search = createSearch({ definitions });
let minute = 0;
export const store = createStore({
  db,
  extractor: search,
  clock: () => new Date(Date.UTC(2026, 0, 1, 0, minute)),
});
export const delivery = { source: 'urn:test:search', channel: 'rest', agent: 'test' } as const;

/** Writes resources in one transaction, a minute after the last. */
export async function put(...resources: Resource[]): Promise<void> {
  minute++;
  await store.write(puts(resources), delivery);
}

/** Answers a strict search. */
export async function ask(
  type: string | undefined,
  query: string,
  more: { patientId?: string } = {},
): Promise<SearchResult> {
  const pairs = [...new URLSearchParams(query)] as [string, string][];
  return search.search(db, {
    type,
    query: pairs,
    handling: 'strict',
    baseUrl: 'https://record.example/fhir',
    ...more,
  });
}

/** Ids of the matches on the first page. */
export async function idsOf(type: string | undefined, query: string): Promise<string[]> {
  return (await ask(type, query)).matches.map((one) => one.id);
}

/** All ids, page by page; `between` runs after each page. */
export async function walked(
  type: string,
  query: string,
  between: () => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(type, cursor === undefined ? query : `${query}&_cursor=${cursor}`);
    ids.push(...page.matches.map((one) => one.id));
    cursor = page.nextCursor;
    await between();
  } while (cursor !== undefined);
  return ids;
}

/** A patient with a family name. */
export const person = (id: string, family: string, more: Record<string, unknown> = {}): Resource => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: ['Áine Margaret'] }],
  ...more,
});

/** A heart rate. */
export const reading = (
  id: string,
  patient: string,
  value: number,
  more: Record<string, unknown> = {},
): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] },
  subject: { reference: `Patient/${patient}` },
  valueQuantity: { value, unit: 'beats/min', system: 'http://unitsofmeasure.org', code: '/min' },
  ...more,
});

/** Three people and thirty readings, `o0` to `o29`, in the order they were stored. */
export async function putReadings(): Promise<void> {
  await put(
    person('p1', 'Okafor', { birthDate: '1950-02-03', gender: 'female' }),
    person('p2', 'Ólafsson', { birthDate: '1960', gender: 'male' }),
    person('p3', 'Evans', {
      gender: 'male',
      link: [{ other: { reference: 'Patient/p1' }, type: 'seealso' }],
    }),
  );
  for (let i = 0; i < 30; i++) {
    await put(
      reading(
        `o${i}`,
        i % 3 === 0 ? 'p1' : 'p2',
        60 + (i % 7),
        i % 5 === 0 ? {} : { effectiveDateTime: `2025-0${1 + (i % 9)}-11` },
      ),
    );
  }
}
