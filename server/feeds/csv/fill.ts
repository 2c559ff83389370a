import { isNhsNumber, nhsNumberSystem } from '../../people/index.ts';
import { exactNumber } from '../../record/formats/index.ts';
import { uncheckedNumberSystem } from '../../record/import/index.ts';
import type { Json } from '../../record/types.ts';
import { organisation, organisationOf, under } from '../map/index.ts';
import { readDate } from './dates.ts';
import type { Mapping, RowFault } from './types.ts';

/** A row by column name, with what filling a template needs beside it. */
export type Row = {
  values: ReadonlyMap<string, string>;
  mapping: Mapping;
  /** URI of the partner that sent it. */
  source: string;
  /** The id of the row's Patient, and of each other resource by type. */
  ids: ReadonlyMap<string, string>;
  faults: RowFault[];
  remarks: RowFault[];
};

type Slot = {
  column?: string;
  columns?: string[];
  as?: string;
  list?: string;
  present?: string;
  absent?: string;
  row?: string;
};

/**
 * Fills a template from a row. An object that takes values from the row and finds none is left out, with its constants; undefined when
 * nothing is left.
 */
export function fill(template: Json, row: Row): Json | undefined {
  return filled(template, row).value;
}

type Filled = { value: Json | undefined; asks: boolean; finds: boolean };

function filled(template: Json, row: Row): Filled {
  if (template === null || typeof template !== 'object')
    return { value: template, asks: false, finds: false };
  if (Array.isArray(template)) return filledList(template, row);
  if ('column' in template || 'columns' in template || 'row' in template) {
    const value = valueOf(template as Slot, row);
    const isSaid = !('row' in template);
    return { value, asks: isSaid, finds: isSaid && value !== undefined };
  }
  const members: [string, Json][] = [];
  let asks = false;
  let finds = false;
  for (const [name, member] of Object.entries(template)) {
    const each = filled(member, row);
    asks ||= each.asks;
    finds ||= each.finds;
    if (each.value !== undefined) members.push([name, each.value]);
  }
  const isEmpty = members.length === 0 || (asks && !finds);
  return { value: isEmpty ? undefined : Object.fromEntries(members), asks, finds };
}

function filledList(template: Json[], row: Row): Filled {
  const items = template.map((item) => filled(item, row));
  const values = items.map(({ value }) => value).filter((value) => value !== undefined);
  return {
    value: values.length === 0 ? undefined : values,
    asks: items.some(({ asks }) => asks),
    finds: items.some(({ finds }) => finds),
  };
}

function valueOf(slot: Slot, row: Row): Json | undefined {
  if (slot.row !== undefined) return ofRow(slot.row, row);
  const columns = slot.columns ?? [slot.column!];
  const text = columns
    .map((column) => (row.values.get(column) ?? '').trim())
    .filter((part) => part !== '')
    .join(' ');
  if (text === '') return slot.absent;
  if (slot.present !== undefined) return slot.present;
  if (slot.list !== undefined) return fromList(slot.list, text, columns[0]!, row);
  return converted(slot.as ?? 'text', text, columns[0]!, row);
}

/** What the row stands for rather than says: its source, or a reference to another resource of it. */
function ofRow(name: string, row: Row): Json | undefined {
  if (name === 'source') return row.source;
  if (name === 'numbers') return under(row.source, row.mapping.mapping);
  if (name === 'organisation') return organisationOf(row.source);
  const id = row.ids.get(name);
  return id === undefined ? undefined : `${name}/${id}`;
}

function fromList(list: string, text: string, column: string, row: Row): Json | undefined {
  const codes = row.mapping.lists[list] ?? {};
  const code = Object.hasOwn(codes, text) ? codes[text] : codes['*'];
  if (code === undefined) row.faults.push({ column, reason: 'This value is not in the agreed list.' });
  return code;
}

/** What a text may be turned into. */
export const conversions = [
  'text',
  'date',
  'decimal',
  'title-case',
  'nhs-number',
  'organisation',
  'given-names',
  'family-name',
] as const;

function converted(as: string, text: string, column: string, row: Row): Json | undefined {
  const fault = (reason: string): undefined => {
    row.faults.push({ column, reason });
    return undefined;
  };
  switch (as) {
    case 'text':
      return text;
    case 'date':
      return readDate(text, row.mapping.dates) ?? fault('This is no date of the agreed form that exists.');
    case 'decimal':
      return /^-?\d+(?:\.\d+)?$/.test(text)
        ? (exactNumber(text.replace(/^(-?)0+(?=\d)/, '$1')) as unknown as Json)
        : fault('This is no number.');
    case 'title-case':
      return text.toLowerCase().replaceAll(/(?<=^|[\s'-])\p{L}/gu, (letter) => letter.toUpperCase());
    case 'nhs-number': {
      const number = text.replaceAll(/[ -]/g, '');
      if (isNhsNumber(number)) return { system: nhsNumberSystem, value: number };
      row.remarks.push({
        column,
        reason: 'The NHS number fails its check digit. It is kept as it was said, and not trusted.',
      });
      return { system: uncheckedNumberSystem, value: number };
    }
    case 'organisation':
      return organisation(text);
    case 'given-names':
      return text.split(/\s+/).slice(0, -1);
    case 'family-name':
      return text.split(/\s+/).at(-1)!;
    default:
      return fault(`The mapping asks for "${as}", which is not known.`);
  }
}
