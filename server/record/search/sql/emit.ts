import type { Condition } from '../conditions/types.ts';
import { typeNumber } from '../../resource-types.ts';
import { Bindings, type Reader } from './bindings.ts';
import { combinationsSql } from './combinations.ts';
import { dateBounds, isBounded, stretches, unbounded, type DateBounds } from './date-bounds.ts';
import { metresSql } from './distance.ts';
import { exists } from './exists.ts';
import { fromLink, toLink } from './links.ts';
import { momentTest, numberRange, timeRange } from './ranges.ts';
import type { Emit, Form } from './types.ts';

/** The SQL of a condition on alias `r` of record.resource, whose rows are of one type. */
export function emit(to: Emit, condition: Condition, r: string, type: number, form: Form): string {
  const { bindings } = to;
  const plain = (text: string): string => (form === 'find' ? `(${text})` : `((${text}) is true)`);
  switch (condition.is) {
    case 'all':
      return 'true';
    case 'none':
      return 'false';
    case 'and':
    case 'or':
      return `(${condition.of.map((one) => emit(to, one, r, type, form)).join(` ${condition.is} `)})`;
    case 'not':
      return `(${emit(to, condition.of, r, type, 'test')} is not true)`;
    case 'tokens':
      return plain(
        `${r}.tokens ${condition.any.length === 1 ? '@>' : '&&'} ${bindings.add(condition.any, 'bigint[]')}`,
      );
    case 'codes':
      return plain(`${r}.combination = any(${combinationsSql(condition.of, type, bindings)})`);
    case 'refs':
      return plain(
        `${r}.patient_id = any(${bindings.add(condition.patients, 'uuid[]')})
         and ${r}.refs && ${bindings.add(condition.any, 'bigint[]')}`,
      );
    case 'patients':
      return `(${r}.patient_id = any(${bindings.add(condition.any, 'uuid[]')}))`;
    case 'rows':
      return `(${r}.patient_id = any(${bindings.add(condition.patients, 'uuid[]')})
         and ${r}.rid = any(${bindings.add(condition.rids, 'uuid[]')}))`;
    case 'present':
      return `((${r}.present & ${bindings.add(condition.bits, 'bigint')}) <> 0)`;
    case 'mainDate':
      return plain(timeRange(`${r}.date_low`, `${r}.date_high`, condition.test, bindings));
    case 'updated':
      return plain(momentTest(`${r}.last_updated`, condition.test, bindings));
    case 'words':
      return words(condition, r, bindings);
    case 'dates':
    case 'strings':
    case 'numbers':
    case 'spans':
    case 'near':
      return side(to, condition, r, type, form);
    case 'ofPatient':
      return samePatient(to, 'Patient', condition.of, r, form);
    case 'hasOwn':
      return samePatient(to, condition.type, condition.of, r, form);
    case 'to':
      return toLink(to, condition, r, type, form);
    case 'from':
      return fromLink(to, condition, r, type, form);
  }
}

/** A condition on rows of a search table. */
export type Side = Extract<Condition, { is: 'dates' | 'strings' | 'numbers' | 'spans' | 'near' }>;

const sideTables = {
  dates: 'record.search_date',
  strings: 'record.search_string',
  numbers: 'record.search_number',
  spans: 'record.search_number',
  near: 'record.search_number',
} as const;

/** Rows of a search table that fulfil a condition. They are of current resources only. */
export function sideRows(
  to: Emit,
  condition: Side,
  s: string,
  type: number,
): { table: string; where: string } {
  const where = `${s}.type = ${to.bindings.add(type, 'smallint')} and ${sideTest(condition, s, to.bindings)}`;
  return { table: `${sideTables[condition.is]} ${s}`, where };
}

function side(to: Emit, condition: Side, r: string, type: number, form: Form): string {
  const s = to.bindings.alias();
  const { table, where } = sideRows(to, condition, s, type);
  return form === 'find'
    ? `((${r}.patient_id, ${r}.rid) in (select ${s}.patient_id, ${s}.rid from ${table} where ${where}))`
    : exists(to, `${table} where ${s}.patient_id = ${r}.patient_id and ${s}.rid = ${r}.rid and ${where}`);
}

function sideTest(condition: Side, s: string, bindings: Bindings): string {
  if (condition.is === 'dates') {
    const range = timeRange(`${s}.low`, `${s}.high`, condition.test, bindings);
    return `${s}.param = any(${bindings.add(condition.params, 'smallint[]')}) and ${range}`;
  }
  if (condition.is === 'strings') {
    return `${s}.param = any(${bindings.add(condition.params, 'smallint[]')}) and ${textTest(condition, s, bindings)}`;
  }
  if (condition.is === 'spans') {
    return `${s}.param = ${bindings.add(condition.param, 'smallint')}
      and ${s}.qualifier = any(${bindings.add(condition.qualifiers, 'bigint[]')})
      and ${numberRange(`${s}.low`, `${s}.low`, condition.from, bindings)}
      and ${numberRange(`${s}.high`, `${s}.high`, condition.to, bindings)}`;
  }
  if (condition.is === 'near') return nearTest(condition, s, bindings);
  const parts = [`${s}.param = any(${bindings.add(condition.params, 'smallint[]')})`];
  if (condition.qualifiers)
    parts.push(`${s}.qualifier = any(${bindings.add(condition.qualifiers, 'bigint[]')})`);
  if (condition.units) parts.push(`${s}.unit = any(${bindings.add(condition.units, 'bigint[]')})`);
  parts.push(numberRange(`${s}.low`, `${s}.high`, condition.test, bindings));
  return parts.join(' and ');
}

/** The index leads to the surroundings; the distance of each place in them is tested after it. */
function nearTest(condition: Extract<Side, { is: 'near' }>, s: string, bindings: Bindings): string {
  const { param, place, within } = condition;
  return `${s}.param = ${bindings.add(param, 'smallint')}
    and ${s}.qualifier = any(${bindings.add(within.cells, 'bigint[]')})
    and ${s}.low between ${bindings.add(within.south, 'float8')} and ${bindings.add(within.north, 'float8')}
    and ${metresSql(`${s}.low`, `${s}.high`, place, bindings)} <= ${bindings.add(place.metres, 'float8')}`;
}

/** As many letters as the index holds of a value. */
const indexed = 64;

/** The index holds the first letters of each value; the longer part is tested after it. */
function textTest(condition: Extract<Side, { is: 'strings' }>, s: string, bindings: Bindings): string {
  if (condition.match === 'part') {
    const pattern = `%${condition.value.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
    return `${s}.value like ${bindings.add(pattern, 'text')}`;
  }
  const letters = [...condition.value];
  const start = letters.slice(0, indexed).join('');
  const first = `left(${s}.value, ${indexed})`;
  if (condition.match === 'exact') {
    return `${first} = ${bindings.add(start, 'text')} and ${s}.exact = ${bindings.add(condition.exact, 'text')}`;
  }
  const range = `${first} >= ${bindings.add(start, 'text')} and ${first} < ${bindings.add(`${start}\u{10FFFF}`, 'text')}`;
  return letters.length <= indexed
    ? range
    : `${range} and starts_with(${s}.value, ${bindings.add(condition.value, 'text')})`;
}

function words(condition: Extract<Condition, { is: 'words' }>, r: string, bindings: Bindings): string {
  const text =
    condition.where === 'content' ? `${r}.content` : `coalesce(${r}.content::jsonb -> 'text' ->> 'div', '')`;
  const tests = condition.words.map((word) => `strpos(lower(${text}), ${bindings.add(word, 'text')}) > 0`);
  return `(${tests.join(' and ')})`;
}

/** Rows filed under a patient under whom a row of another type fulfils a condition. */
function samePatient(to: Emit, type: string, of: Condition, r: string, form: Form): string {
  const c = to.bindings.alias();
  const carried = carriedTokens(to, of);
  if (carried !== undefined) {
    const holds = `${c}.combination = any(${carriedCombinations(carried, to.bindings)})`;
    return form === 'find'
      ? `(${r}.patient_id in (select ${c}.patient_id from record.patient_combination ${c} where ${holds}))`
      : exists(to, `record.patient_combination ${c} where ${c}.patient_id = ${r}.patient_id and ${holds}`);
  }
  const where = rowsWhere(to, of, c, type, 'find');
  return form === 'find'
    ? `(${r}.patient_id in (select ${c}.patient_id from record.resource ${c} where ${where}))`
    : exists(to, `record.resource ${c} where ${c}.patient_id = ${r}.patient_id and ${where}`);
}

/**
 * The tokens of a condition that `record.patient_combination` answers: who has this code, without reading the resources. Only for a
 * reader who may see everything, because that table does not say in which resource a token stands.
 */
export function carriedTokens(to: Emit, of: Condition): string[] | undefined {
  if (to.reader.visible('r', new Bindings()) !== undefined || of.is !== 'tokens') return undefined;
  return of.any.every((token) => (BigInt(token) & 1n) === 1n) ? of.any : undefined;
}

/** The combinations that hold one of these tokens, as an array. A token says its type already. */
export function carriedCombinations(tokens: readonly string[], bindings: Bindings): string {
  const k = bindings.alias();
  return `array(select ${k}.token from record.combination ${k} where ${k}.tokens && ${bindings.add(tokens, 'bigint[]')})`;
}

/** Current rows of a type that the reader may see and that fulfil a condition. Every look at resources passes here. */
export function rowsWhere(to: Emit, condition: Condition, r: string, type: string, form: Form): string {
  const number = typeNumber(type);
  const bounds = form === 'find' ? dateBounds(condition) : unbounded;
  // A token says its type already: the index on the type must not be read beside that on the tokens.
  const byTokens = form === 'find' && asksTokens(condition) && !isBounded(bounds);
  const typeColumn = byTokens ? `(${r}.type + 0)` : `${r}.type`;
  // Said in another way than in `resource_patient`, which holds patients in no useful order.
  const parts = [`${typeColumn} = ${to.bindings.add(number, 'smallint')}`, `${r}.deleted is not true`];
  const visible = to.reader.visible(r, to.bindings, type);
  if (visible !== undefined) parts.push(`(${visible})`);
  if (condition.is === 'and') parts.push(...condition.of.map((one) => emit(to, one, r, number, form)));
  else if (condition.is !== 'all') parts.push(emit(to, condition, r, number, form));
  if (isBounded(bounds)) parts.push(within(bounds, r, to.bindings));
  return parts.join(' and ');
}

/** Leads to rows through the date indexes. */
const within = (bounds: DateBounds, r: string, bindings: Bindings): string =>
  `(${stretches(bounds, r, bindings)
    .map((one) => `(${one})`)
    .join(' or ')})`;

const asksTokens = (condition: Condition): boolean =>
  condition.is === 'tokens' || (condition.is === 'and' && condition.of.some((one) => one.is === 'tokens'));

/** What statements are made with. */
export function emitter(bindings: Bindings, reader: Reader): Emit {
  return { bindings, reader, rowsWhere };
}
