import { errorCodes, type Refusal } from '../hl7/index.ts';
import { idFrom } from '../ids.ts';
import type { Said } from '../intake/types.ts';
import type { Elements, Claim } from '../types.ts';
import { readDate } from './dates.ts';
import { fill, type Row } from './fill.ts';
import type { Mapping, ResourceMapping, RowFault } from './types.ts';

/** What one row says, by its mapping. `fallback` (milliseconds) is when it was so, where the row itself does not tell. Pure. */
export function sayRow(
  mapping: Mapping,
  source: string,
  values: ReadonlyMap<string, string>,
  fallback: number,
): Said {
  const wanted = mapping.resources.filter((resource) => applies(resource, values));
  const faults: RowFault[] = [];
  const remarks: RowFault[] = [];
  const ids = new Map<string, string>();
  for (const resource of wanted) {
    const empty = resource.key.find((column) => (values.get(column) ?? '').trim() === '');
    if (empty !== undefined) return refused({ column: empty, reason: 'This column must not be empty.' });
    ids.set(resource.type, idOfResource(resource, mapping, source, values));
  }
  const row: Row = { values, mapping, source, ids, faults, remarks };
  const at = timeOf(mapping, values) ?? fallback;
  const claims: Claim[] = [];
  for (const resource of wanted) {
    const elements = fill(resource.template, row) as Elements | undefined;
    if (elements === undefined) continue;
    claims.push({
      type: resource.type,
      id: idOfResource(resource, mapping, source, values),
      at,
      weight: 1,
      whole: resource.type !== 'Patient',
      elements: { ...elements, meta: metaOf(elements, source) },
      place: { segment: resource.key[0]! },
    });
  }
  if (faults.length > 0) return refused(faults[0]!);
  if (claims.length === 0) {
    return refused({
      column: mapping.resources[0]?.key[0] ?? '',
      reason: 'No part of the mapping fits this row.',
    });
  }
  const sender = { facility: source, source };
  const notes = remarks.map(({ column, reason }) => ({ place: { segment: column }, text: reason }));
  return { sender, reading: { claims, remarks: notes } };
}

function applies({ when, ifGiven }: ResourceMapping, values: ReadonlyMap<string, string>): boolean {
  if (ifGiven !== undefined && (values.get(ifGiven) ?? '').trim() === '') return false;
  return when === undefined || when.in.includes((values.get(when.column) ?? '').trim());
}

/** Several resources of one type in a mapping are told apart by what they are given for. */
const resourceName = ({ when, ifGiven }: ResourceMapping): string[] => [
  when?.in.join('|') ?? '',
  ifGiven ?? '',
];

function idOfResource(
  resource: ResourceMapping,
  mapping: Mapping,
  source: string,
  values: ReadonlyMap<string, string>,
): string {
  const key = resource.key.map((column) => (values.get(column) ?? '').trim());
  return idFrom('feed', source, mapping.mapping, resource.type, ...resourceName(resource), ...key);
}

function metaOf(elements: Elements, source: string): Elements {
  const meta = elements['meta'];
  const own = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : {};
  return { source, ...own };
}

function timeOf(mapping: Mapping, values: ReadonlyMap<string, string>): number | undefined {
  for (const column of mapping.asOf) {
    const day = readDate(values.get(column) ?? '', mapping.dates);
    if (day !== undefined) return Date.parse(`${day}T00:00:00Z`);
  }
  return undefined;
}

export function refused({ column, reason }: RowFault): { refusal: Refusal } {
  return { refusal: { ack: 'AE', code: errorCodes.dataType, place: { segment: column }, reason } };
}
