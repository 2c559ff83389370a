/** Loads and consolidates one person's record, and keeps the latest few in memory. */
import { hash } from 'node:crypto';
import { LatestFew } from '../../platform/latest-few.ts';
import { parseJson } from '../formats/index.ts';
import { homeOf } from '../rid.ts';
import type { Resource, StoredResource } from '../types.ts';
import { consolidate } from './rules.ts';
import { lookupOver, type Lookup } from './reading/references.ts';
import type { FiledText, ViewServices } from './services.ts';
import { readTypes } from './statements/index.ts';
import type { Filed, RecordView } from './types.ts';

/** A person's record as it is read. */
export type Loaded = {
  view: RecordView;
  /** Changes when the record does. */
  version: string;
  filed: Filed[];
  lookup: Lookup;
  /** Where the organisations and staff that it names are filed, or would be. */
  outside: string[];
};

/** Types that other resources refer to for names; they belong to no patient. */
const outsideReference =
  /"reference"\s*:\s*"((?:Organization|Practitioner|PractitionerRole|Location|Medication)\/[A-Za-z0-9.-]{1,64})"/g;

/** A decimal that ends in 0 would lose it in JavaScript: such a text is read with exact numbers. */
const endsInZero = /[:[]\s*-?\d+\.\d*0\s*[,}\]]/;

type Kept = { loaded: Loaded; size: number };

/** How many changes the record of each patient, or of whatever else things are filed under, has seen. */
export type Heads = Map<string, number>;

/** Makes the loader. `keepCharacters` bounds the stored text behind the records kept in memory. */
export function createLoader(
  services: ViewServices,
  keepCharacters = 8 * 1024 * 1024,
): (personId: string) => Promise<Loaded | undefined> {
  const kept = new LatestFew<Kept>(keepCharacters);
  const underWay = new Map<string, Promise<Kept>>();

  /** `heads` are those of the patients before anything of theirs is read. */
  const load = async (patientIds: string[], heads: Heads): Promise<Kept> => {
    const texts = await services.recordOf(patientIds);
    const size = texts.reduce((sum, text) => sum + text.content.length, 0);
    const rest = await read(services, texts, heads);
    return { loaded: { ...rest, version: versionOf([...patientIds, ...rest.outside], heads) }, size };
  };

  const loadPerson = async (personId: string): Promise<Loaded | undefined> => {
    const patientIds = await services.patientsOf(personId);
    if (patientIds.length === 0) return undefined;
    const known = kept.get(personId);
    const places = [...patientIds, ...(known?.loaded.outside ?? [])];
    const heads = await services.headsOf(places);
    const now = versionOf(places, heads);
    if (known?.loaded.version === now) return known.loaded;
    // Another reader finished meanwhile: look at what it found.
    if (kept.get(personId) !== known) return loadPerson(personId);
    // Requests that see the same state share one reading; one that sees a newer state starts its own.
    const name = `${personId} ${now}`;
    const reading = underWay.get(name) ?? load(patientIds, heads).finally(() => underWay.delete(name));
    underWay.set(name, reading);
    const fresh = await reading;
    kept.set(personId, fresh, fresh.size);
    return fresh.loaded;
  };
  return loadPerson;
}

/** A short text that is the same as long as nothing filed in these places changes. */
export function versionOf(places: string[], heads: ReadonlyMap<string, number>): string {
  const states = [...new Set(places)].sort().map((id) => `${id}.${heads.get(id) ?? 0}`);
  return hash('sha256', states.join(' '), 'base64url');
}

/** Adds to `heads` those of the places outside the person's own record, each before what is filed there is read. */
export async function read(
  services: ViewServices,
  texts: FiledText[],
  heads: Heads,
): Promise<Omit<Loaded, 'version'>> {
  const filed: Filed[] = [];
  const countedOnly: Record<string, number> = {};
  const references = new Set<string>();
  for (const { type, content, source, lastUpdated } of texts) {
    if (!readTypes.has(type)) {
      countedOnly[type] = (countedOnly[type] ?? 0) + 1;
      continue;
    }
    filed.push({ resource: parse(content), source, lastUpdated: lastUpdated.toISOString() });
    for (const [, reference] of content.matchAll(outsideReference)) references.add(reference as string);
  }
  const behind = await services.behindSources([...new Set(filed.map(sourceNamed))]);
  for (const each of filed) each.behind = behind.get(sourceNamed(each));
  const outside = new Set<string>();
  const stored = await readOutside(services, references, async (names) => {
    const homes = names.map(({ type, id }) => homeOf(type, id));
    for (const home of homes) outside.add(home);
    for (const [home, head] of await services.headsOf(homes)) heads.set(home, head);
  });
  const others = stored.map((each) => parse(each.content));
  return {
    view: consolidate(filed, others, countedOnly),
    filed,
    lookup: lookupOver([...others, ...filed.map((each) => each.resource)]),
    outside: [...outside],
  };
}

type Name = { type: string; id: string };

/** A PractitionerRole names an organisation and a person in turn, so what is found is followed once more. */
async function readOutside(
  services: ViewServices,
  references: Set<string>,
  before: (names: Name[]) => Promise<void>,
): Promise<StoredResource[]> {
  const first = await readAll(services, references, before);
  const further = new Set<string>();
  for (const { type, content } of first) {
    if (type !== 'PractitionerRole') continue;
    for (const [, reference] of content.matchAll(outsideReference))
      if (!references.has(reference as string)) further.add(reference as string);
  }
  return [...first, ...(await readAll(services, further, before))];
}

async function readAll(
  services: ViewServices,
  references: Set<string>,
  before: (names: Name[]) => Promise<void>,
): Promise<StoredResource[]> {
  if (references.size === 0) return [];
  const names = [...references].map((reference) => {
    const [type = '', id = ''] = reference.split('/');
    return { type, id };
  });
  await before(names);
  const stored = await services.readMany(names);
  return stored.filter((each) => each !== undefined && !each.deleted) as StoredResource[];
}

/** Who a resource says it comes from, else who delivered it. */
export const sourceNamed = ({ resource, source }: Pick<Filed, 'resource' | 'source'>): string =>
  resource.meta?.source ?? source;

function parse(content: string): Resource {
  return endsInZero.test(content) ? parseJson(content) : (JSON.parse(content) as Resource);
}
