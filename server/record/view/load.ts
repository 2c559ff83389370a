/** Loads and consolidates one person's record, and keeps the latest few in memory. */
import { hash } from 'node:crypto';
import { LatestFew } from '../../platform/latest-few.ts';
import { parseJson } from '../formats/index.ts';
import type { Resource, StoredResource } from '../types.ts';
import { consolidate } from './rules.ts';
import { lookupOver, type Lookup } from './reading/references.ts';
import type { FiledText, ViewServices } from './services.ts';
import { readTypes } from './statements/index.ts';
import type { Filed, RecordView } from './types.ts';

export type Loaded = {
  view: RecordView;
  /** Changes when the record does. */
  version: string;
  filed: Filed[];
  lookup: Lookup;
  /** Answers made from it, as they go out, by name. */
  written: Map<string, Buffer>;
};

/** Types that other resources refer to for names; they belong to no patient. */
const outsideReference =
  /"reference"\s*:\s*"((?:Organization|Practitioner|PractitionerRole|Location|Medication)\/[A-Za-z0-9.-]{1,64})"/g;

/** A decimal that ends in 0 would lose it in JavaScript: such a text is read with exact numbers. */
const endsInZero = /[:[]\s*-?\d+\.\d*0\s*[,}\]]/;

type Kept = { loaded: Loaded; size: number; outside: string[] };

/** Makes the loader. `keepCharacters` bounds the stored text behind the records kept in memory. */
export function createLoader(
  services: ViewServices,
  keepCharacters = 8 * 1024 * 1024,
): (personId: string) => Promise<Loaded | undefined> {
  const kept = new LatestFew<Kept>(keepCharacters);
  const underWay = new Map<string, Promise<Kept>>();

  const versionOf = async (patientIds: string[]) =>
    hash('sha256', `${patientIds.join(' ')} ${await services.versionOf(patientIds)}`, 'base64url');

  const load = async (patientIds: string[]): Promise<Kept> => {
    const texts = await services.recordOf(patientIds);
    const size = texts.reduce((sum, text) => sum + text.content.length, 0);
    const { outside, ...rest } = await read(services, texts);
    return { loaded: { ...rest, version: await versionOf([...patientIds, ...outside]) }, size, outside };
  };

  const loadPerson = async (personId: string): Promise<Loaded | undefined> => {
    const patientIds = await services.patientsOf(personId);
    if (patientIds.length === 0) return undefined;
    const known = kept.get(personId);
    const now = await versionOf([...patientIds, ...(known?.outside ?? [])]);
    if (known?.loaded.version === now) return known.loaded;
    // Another reader finished meanwhile: look at what it found.
    if (kept.get(personId) !== known) return loadPerson(personId);
    // Requests that see the same state share one reading; one that sees a newer state starts its own.
    const name = `${personId} ${now}`;
    const reading = underWay.get(name) ?? load(patientIds).finally(() => underWay.delete(name));
    underWay.set(name, reading);
    const fresh = await reading;
    kept.set(personId, fresh, fresh.size);
    return fresh.loaded;
  };
  return loadPerson;
}

/** `outside` names the records (`patient_id`) of what lies outside the person's own. */
async function read(
  services: ViewServices,
  texts: FiledText[],
): Promise<Omit<Loaded, 'version'> & { outside: string[] }> {
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
  const stored = await readOutside(services, references);
  const others = stored.map((each) => parse(each.content));
  return {
    view: consolidate(filed, others, countedOnly),
    filed,
    lookup: lookupOver([...others, ...filed.map((each) => each.resource)]),
    written: new Map(),
    outside: [...new Set(stored.map((each) => each.patientId))].sort(),
  };
}

/** A PractitionerRole names an organisation and a person in turn, so what is found is followed once more. */
async function readOutside(services: ViewServices, references: Set<string>): Promise<StoredResource[]> {
  const first = await readAll(services, references);
  const further = new Set<string>();
  for (const { type, content } of first) {
    if (type !== 'PractitionerRole') continue;
    for (const [, reference] of content.matchAll(outsideReference))
      if (!references.has(reference as string)) further.add(reference as string);
  }
  return [...first, ...(await readAll(services, further))];
}

async function readAll(services: ViewServices, references: Set<string>): Promise<StoredResource[]> {
  if (references.size === 0) return [];
  const names = [...references].map((reference) => {
    const [type = '', id = ''] = reference.split('/');
    return { type, id };
  });
  const stored = await services.readMany(names);
  return stored.filter((each) => each !== undefined && !each.deleted) as StoredResource[];
}

function parse(content: string): Resource {
  return endsInZero.test(content) ? parseJson(content) : (JSON.parse(content) as Resource);
}
