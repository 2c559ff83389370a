import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../platform/errors.ts';
import type { Mapping } from './types.ts';

const folder = path.join(import.meta.dirname, 'mappings');

/** The mappings that come with OpenICS, for the kinds of partner it knows. */
export const shippedMappings = (): Mapping[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => mappingOf(readFileSync(path.join(folder, name), 'utf8'), name));

/** Reads a mapping. Throws a Problem when it is none. */
export function mappingOf(text: string, place: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong(place, 'It is no JSON');
  }
  const mapping = value as Partial<Mapping>;
  if (typeof mapping.mapping !== 'string' || !Number.isInteger(mapping.version))
    throw wrong(place, 'It has no name or version');
  if (!Array.isArray(mapping.columns) || !Array.isArray(mapping.resources) || !Array.isArray(mapping.dates))
    throw wrong(place, 'It has no columns, dates or resources');
  if (mapping.badRows !== 'keep' && mapping.badRows !== 'refuse-file')
    throw wrong(place, 'badRows is neither keep nor refuse-file');
  const known = new Set(mapping.columns);
  const unknown = mapping.resources.flatMap(({ key }) => key).find((column) => !known.has(column));
  if (unknown !== undefined) throw wrong(place, `It names a column that it does not list: ${unknown}`);
  return { ...(mapping as Mapping), asOf: mapping.asOf ?? [], lists: mapping.lists ?? {} };
}

const wrong = (place: string, reason: string): Problem =>
  new Problem('feeds/mapping', 400, `The mapping cannot be used: ${reason}.`, { place });
