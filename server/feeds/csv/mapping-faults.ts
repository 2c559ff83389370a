import { resourceTypes } from '../../record/resource-types.ts';
import { conversions } from './fill.ts';

/** What is wrong in a mapping, and where: a JSON pointer. */
export type MappingFault = { place: string; reason: string };

type Json = { readonly [member: string]: unknown };
type Known = { columns: ReadonlySet<unknown>; lists: ReadonlySet<string>; rows: ReadonlySet<unknown> };

const slotMembers = new Set(['column', 'columns', 'as', 'list', 'present', 'absent', 'row']);
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** All that keeps a mapping from being used, in the order in which it stands. Pure. */
export function mappingFaults(mapping: unknown): MappingFault[] {
  if (!isObject(mapping)) return [{ place: '', reason: 'It is no object.' }];
  const { columns, resources, lists = {}, asOf = [], dates } = mapping;
  const faults: MappingFault[] = [];
  const unless = (holds: boolean, place: string, reason: string): void => {
    if (!holds) faults.push({ place, reason });
  };
  unless(isText(mapping['mapping']), '/mapping', 'It has no name.');
  unless(
    Number.isInteger(mapping['version']) && Number(mapping['version']) > 0,
    '/version',
    'It has no version: a whole number from 1.',
  );
  unless(
    mapping['badRows'] === 'keep' || mapping['badRows'] === 'refuse-file',
    '/badRows',
    'It is neither keep nor refuse-file.',
  );
  unless(isTexts(columns) && columns.length > 0, '/columns', 'It is no list of column names.');
  unless(isTexts(dates) && dates.every(isForm), '/dates', 'It is no list of forms such as DD/MM/YYYY.');
  unless(isObject(lists) && Object.values(lists).every(isList), '/lists', 'It holds what is no code list.');
  unless(Array.isArray(resources) && resources.length > 0, '/resources', 'It makes no resource.');
  if (faults.length > 0) return faults;
  const names = columns as string[];
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  unless(twice < 0, `/columns/${twice}`, 'This column is listed twice.');
  const made = (resources as unknown[]).map((each) => (isObject(each) ? each['type'] : undefined));
  const known: Known = {
    columns: new Set(names),
    lists: new Set(Object.keys(lists as Json)),
    rows: new Set(['source', 'numbers', 'organisation', ...made]),
  };
  faults.push(...columnFaults(asOf, '/asOf', known));
  for (const [index, each] of (resources as unknown[]).entries())
    faults.push(...resourceFaults(each, `/resources/${index}`, known));
  return faults;
}

/** A form of dates has a day, a month by number or name, and a year. */
const isForm = (form: string): boolean => /^DD (?:MM|Mon) YYYY$/.test(partsOf(form));
const partsOf = (form: string): string =>
  form
    .split(/[^A-Za-z]+/)
    .toSorted()
    .join(' ');
const isList = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((code) => typeof code === 'string');

function columnFaults(value: unknown, place: string, known: Known): MappingFault[] {
  if (!Array.isArray(value)) return [{ place, reason: 'It is no list of columns.' }];
  return value.flatMap((name, index) => oneColumn(name, `${place}/${index}`, known));
}

const oneColumn = (name: unknown, place: string, { columns }: Known): MappingFault[] =>
  columns.has(name) ? [] : [{ place, reason: 'This column is not listed.' }];

function resourceFaults(value: unknown, place: string, known: Known): MappingFault[] {
  if (!isObject(value)) return [{ place, reason: 'It is no object.' }];
  const { type, key, when, ifGiven, template } = value;
  const faults: MappingFault[] = [];
  if (!(resourceTypes as readonly unknown[]).includes(type))
    faults.push({ place: `${place}/type`, reason: 'This is no type of FHIR R4.' });
  if (!Array.isArray(key) || key.length === 0)
    faults.push({ place: `${place}/key`, reason: 'No column numbers it.' });
  else faults.push(...columnFaults(key, `${place}/key`, known));
  if (ifGiven !== undefined) faults.push(...oneColumn(ifGiven, `${place}/ifGiven`, known));
  if (when !== undefined) {
    const isWhole = isObject(when) && known.columns.has(when['column']) && isTexts(when['in']);
    if (!isWhole) faults.push({ place: `${place}/when`, reason: 'It names no listed column and values.' });
  }
  if (!isObject(template)) faults.push({ place: `${place}/template`, reason: 'It is no object.' });
  else faults.push(...templateFaults(template, `${place}/template`, known));
  return faults;
}

function templateFaults(value: unknown, place: string, known: Known): MappingFault[] {
  if (Array.isArray(value))
    return value.flatMap((each, index) => templateFaults(each, `${place}/${index}`, known));
  if (!isObject(value)) return [];
  if ('column' in value || 'columns' in value || 'row' in value) return slotFaults(value, place, known);
  return Object.entries(value).flatMap(([name, each]) => templateFaults(each, `${place}/${name}`, known));
}

function slotFaults(slot: Json, place: string, known: Known): MappingFault[] {
  const { column, columns, as, list, row } = slot;
  const faults: MappingFault[] = [];
  const other = Object.keys(slot).find((name) => !slotMembers.has(name));
  if (other !== undefined) faults.push({ place: `${place}/${other}`, reason: 'This is no part of a value.' });
  if (row !== undefined) {
    if (!known.rows.has(row))
      faults.push({
        place: `${place}/row`,
        reason: 'It is neither source, numbers nor organisation, and no resource of the row.',
      });
    return faults;
  }
  if (columns === undefined) faults.push(...oneColumn(column, `${place}/column`, known));
  else if (isTexts(columns) && columns.length > 0)
    faults.push(...columnFaults(columns, `${place}/columns`, known));
  else faults.push({ place: `${place}/columns`, reason: 'It is no list of columns.' });
  if (as !== undefined && !(conversions as readonly unknown[]).includes(as))
    faults.push({ place: `${place}/as`, reason: `It is none of ${conversions.join(', ')}.` });
  if (list !== undefined && !known.lists.has(String(list)))
    faults.push({ place: `${place}/list`, reason: 'There is no such code list.' });
  return faults;
}
