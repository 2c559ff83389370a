import { newId } from '../../platform/ids.ts';
import { nothingSaid, type OrganisationSaid } from '../directory/said.ts';
import { localAreaSystem } from '../names.ts';
import { wrong, type GeographyFile } from '../local-format.ts';
import type { OrganisationId } from '../types.ts';
import type { Ring } from './rings.ts';
import { addArea } from './shapes.ts';
import type { Sink } from './sink.ts';

/** What an area must lie in. */
const above = { lsoa: 'neighbourhood', neighbourhood: 'place', place: 'system', system: undefined } as const;

/** The deprivation decile of a local file is taken as one of this edition of the English indices. */
const decileYear = 2025;
const populationYear = 2025;

type Area = GeographyFile['areas'][number];

/** The bodies of a geography file: its systems, places and neighbourhoods. Throws where areas do not fit together. */
export function bodiesIn(file: GeographyFile, name: string): OrganisationSaid[] {
  const areas = new Map<string, Area>();
  for (const [index, area] of file.areas.entries()) {
    if (areas.has(area.code))
      throw wrong(name, `/areas/${index}/code`, 'This code was given to another area before.');
    areas.set(area.code, area);
  }
  for (const [index, area] of file.areas.entries()) checkArea(area, areas, name, `/areas/${index}`);
  checkPostcodes(file, areas, name);
  const system = localAreaSystem(file.source);
  const since = { from: file.from ?? null, to: null };
  return file.areas.flatMap((area, index) => {
    if (area.kind === 'lsoa') return [];
    const body = nothingSaid({ system, value: area.code });
    body.descriptions.push({ kind: area.kind, name: area.name, status: 'active', ...since });
    if (area.parent !== undefined) {
      const place = `${name}, /areas/${index}/parent`;
      body.memberships.push({ body: { system, value: area.parent, place }, kind: 'part-of', ...since });
    }
    return [body];
  });
}

function checkArea(area: Area, areas: ReadonlyMap<string, Area>, name: string, at: string): void {
  const wanted = above[area.kind];
  const parent = area.parent === undefined ? undefined : areas.get(area.parent);
  if (parent?.kind !== wanted) {
    const text =
      wanted === undefined
        ? 'A system lies in nothing.'
        : `A ${area.kind} must lie in a ${wanted} of this file.`;
    throw wrong(name, `${at}/parent`, text);
  }
  if (wanted === undefined && area.parent !== undefined)
    throw wrong(name, `${at}/parent`, 'A system lies in nothing.');
  if (area.kind === 'lsoa') return;
  if (area.imdDecile !== undefined || area.population !== undefined)
    throw wrong(name, at, 'Only an lsoa has a deprivation decile and a population.');
}

function checkPostcodes(file: GeographyFile, areas: ReadonlyMap<string, Area>, name: string): void {
  const seen = new Set<string>();
  for (const [index, { postcode, lsoa }] of (file.postcodes ?? []).entries()) {
    const at = `/postcodes/${index}`;
    if (areas.get(lsoa)?.kind !== 'lsoa')
      throw wrong(name, `${at}/lsoa`, 'No lsoa of this file has this code.');
    if (seen.has(postcode)) throw wrong(name, `${at}/postcode`, 'This postcode was given before.');
    seen.add(postcode);
  }
}

/** Adds the small areas, boundaries and postcodes of a checked file. */
export function addLocalAreas(
  file: GeographyFile,
  sink: Sink,
  bodyOf: (code: string) => OrganisationId,
): void {
  const from = file.from === undefined ? null : { day: file.from };
  for (const { code, name, kind, parent, polygon, imdDecile, population } of file.areas) {
    if (polygon !== undefined)
      sink.add('boundary', [{ text: code }, { text: 'local' }, { json: [polygon satisfies Ring] }]);
    if (kind !== 'lsoa' || parent === undefined) continue;
    addArea(sink, { code, kind, name });
    sink.add('responsibility', [{ uuid: newId() }, { text: code }, { uuid: bodyOf(parent) }, from, null]);
    if (population !== undefined)
      sink.add('population', [{ text: code }, { int2: populationYear }, { int2: 0 }, { int4: population }]);
    if (imdDecile !== undefined) {
      const unknown = Array.from({ length: 9 }, () => null);
      sink.add('deprivation', [{ text: code }, { int2: decileYear }, { int2: imdDecile }, ...unknown]);
    }
  }
  for (const { postcode, lsoa } of file.postcodes ?? [])
    sink.add('postcode', [{ text: postcode }, { text: lsoa }, from, null]);
}
