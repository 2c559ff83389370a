import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../platform/errors.ts';
import { mappingFaults } from './mapping-faults.ts';
import type { Mapping } from './types.ts';

const folder = path.join(import.meta.dirname, 'mappings');

/** The mappings that come with OpenICS, for the kinds of partner it knows. */
export const shippedMappings = (): Mapping[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => mappingOf(readFileSync(path.join(folder, name), 'utf8'), name));

/** Reads a mapping. Throws a Problem with the place of its first fault. */
export function mappingOf(text: string, place: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw wrong(place, 'It is no JSON.');
  }
  const [fault] = mappingFaults(value);
  if (fault !== undefined) throw wrong(`${place}, ${fault.place || '/'}`, fault.reason);
  const mapping = value as Mapping;
  return { ...mapping, asOf: mapping.asOf ?? [], lists: mapping.lists ?? {} };
}

const wrong = (place: string, reason: string): Problem =>
  new Problem('feeds/mapping', 400, `The mapping cannot be used: ${reason}`, {
    place,
    wayOut: 'Nothing of it was kept. docs/reference/feed-mappings.md says how it is written.',
  });
