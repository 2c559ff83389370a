/** Loads and consolidates one person's record, and keeps the latest few in memory. */
import { parseJson } from '../formats/index.ts';
import type { Resource } from '../types.ts';
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
};

/** Types that other resources refer to for names; they belong to no patient. */
const outsideReference =
  /"reference"\s*:\s*"((?:Organization|Practitioner|PractitionerRole|Location|Medication)\/[A-Za-z0-9.-]{1,64})"/g;

/** A decimal that ends in 0 would lose it in JavaScript: such a text is read with exact numbers. */
const endsInZero = /[:[]\s*-?\d+\.\d*0\s*[,}\]]/;

/** Makes the loader. `keepCharacters` bounds the stored text behind the records kept in memory. */
export function createLoader(
  services: ViewServices,
  keepCharacters = 8 * 1024 * 1024,
): (personId: string) => Promise<Loaded | undefined> {
  const kept = new Map<string, { loaded: Loaded; size: number }>();
  let keptSize = 0;

  const keep = (personId: string, loaded: Loaded, size: number) => {
    forget(personId);
    kept.set(personId, { loaded, size });
    keptSize += size;
    for (const oldest of kept.keys()) {
      if (keptSize <= keepCharacters) break;
      forget(oldest);
    }
  };
  const forget = (personId: string) => {
    keptSize -= kept.get(personId)?.size ?? 0;
    kept.delete(personId);
  };

  return async (personId) => {
    const patientIds = await services.patientsOf(personId);
    if (patientIds.length === 0) return undefined;
    const version = [...patientIds, await services.versionOf(patientIds)].join(' ');
    const known = kept.get(personId);
    if (known?.loaded.version === version) {
      kept.delete(personId);
      kept.set(personId, known);
      return known.loaded;
    }
    const texts = await services.recordOf(patientIds);
    const loaded = await read(services, texts, version);
    keep(
      personId,
      loaded,
      texts.reduce((sum, text) => sum + text.content.length, 0),
    );
    return loaded;
  };
}

async function read(services: ViewServices, texts: FiledText[], version: string): Promise<Loaded> {
  const filed: Filed[] = [];
  const countedOnly: Record<string, number> = {};
  const outside = new Set<string>();
  for (const { type, content, source, lastUpdated } of texts) {
    if (!readTypes.has(type)) {
      countedOnly[type] = (countedOnly[type] ?? 0) + 1;
      continue;
    }
    filed.push({ resource: parse(content), source, lastUpdated: lastUpdated.toISOString() });
    for (const [, reference] of content.matchAll(outsideReference)) outside.add(reference as string);
  }
  const others = await readOutside(services, outside);
  return {
    view: consolidate(filed, others, countedOnly),
    version,
    filed,
    lookup: lookupOver([...others, ...filed.map((each) => each.resource)]),
  };
}

/** A PractitionerRole names an organisation and a person in turn, so what is found is followed once more. */
async function readOutside(services: ViewServices, references: Set<string>): Promise<Resource[]> {
  const first = await readAll(services, references);
  const further = new Set<string>();
  for (const resource of first) {
    if (resource.resourceType !== 'PractitionerRole') continue;
    for (const [, reference] of JSON.stringify(resource).matchAll(outsideReference))
      if (!references.has(reference as string)) further.add(reference as string);
  }
  return [...first, ...(await readAll(services, further))];
}

async function readAll(services: ViewServices, references: Set<string>): Promise<Resource[]> {
  if (references.size === 0) return [];
  const names = [...references].map((reference) => {
    const [type = '', id = ''] = reference.split('/');
    return { type, id };
  });
  const stored = await services.readMany(names);
  return stored
    .filter((each) => each !== undefined && !each.deleted)
    .map((each) => parse(each?.content ?? ''));
}

function parse(content: string): Resource {
  return endsInZero.test(content) ? parseJson(content) : (JSON.parse(content) as Resource);
}
