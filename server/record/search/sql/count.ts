import { and, type Condition } from '../conditions/types.ts';
import { typeNumber } from '../../resource-types.ts';
import { Bindings, type Reader } from './bindings.ts';
import { combinationsSql, isOfCodes, tallySql } from './combinations.ts';
import { dateBounds, isBounded, stretches } from './date-bounds.ts';
import { carriedTokens, emit, emitter, rowsWhere, sideRows, type Side } from './emit.ts';
import type { Emit, Statement } from './types.ts';

/** What is counted: rows of one type that fulfil a condition. */
export type Counted = { type: string; condition: Condition };

/**
 * The statement that counts the rows of some types. Codes alone: the tally. Codes and dates, or codes of people and of their
 * records: an index holds all that is asked. One name or number: its search table. Everything else reads the rows.
 */
export function countStatement(counted: readonly Counted[], reader: Reader): Statement {
  const to = emitter(new Bindings(), reader);
  const counts = counted.map((one) => countSql(to, one));
  return { text: `select (${counts.join(' + ')})::text as n`, values: to.bindings.values };
}

function countSql(to: Emit, { type, condition }: Counted): string {
  const seesAll = to.reader.visible('r', new Bindings()) === undefined;
  if (seesAll) {
    const number = typeNumber(type);
    if (isOfCodes(condition)) return tallySql(condition, number, to.bindings);
    if (isSide(condition)) return countSide(to, condition, number);
    const parts = condition.is === 'and' ? condition.of : [condition];
    const codes = parts.filter(isOfCodes);
    const rest = parts.filter((one) => !isOfCodes(one));
    if (rest.every(isOfMainDate)) return countDates(to, number, codes, and(rest));
    if (type === 'Patient' && rest.every((one) => isOfCarriers(to, one)))
      return countRows(`r.type = ${to.bindings.add(number, 'smallint')} and not r.deleted
        and ${[...codesWhere(to, number, codes), ...rest.map((one) => emit(to, one, 'r', number, 'find'))].join(' and ')}`);
  }
  return countRows(rowsWhere(to, condition, 'r', type, 'find'));
}

const countRows = (where: string): string => `(select count(*) from record.resource r where ${where})`;

const isOfMainDate = (condition: Condition): boolean =>
  condition.is === 'mainDate' ||
  ((condition.is === 'and' || condition.is === 'or') && condition.of.every(isOfMainDate));

const isOfCarriers = (to: Emit, condition: Condition): boolean =>
  condition.is === 'hasOwn' && carriedTokens(to, condition.of) !== undefined;

const isSide = (condition: Condition): condition is Side =>
  ['dates', 'strings', 'numbers', 'spans', 'near'].includes(condition.is);

/** A search table alone says which resources have a value such as is asked for. */
function countSide(to: Emit, condition: Side, type: number): string {
  const s = to.bindings.alias();
  const { table, where } = sideRows(to, condition, s, type);
  return `(select count(*) from (select distinct ${s}.patient_id, ${s}.rid from ${table} where ${where}) found)`;
}

/** A deleted row has no date, so that nothing but columns of the date indexes is asked for. */
function countDates(to: Emit, type: number, codes: Condition[], dates: Condition): string {
  const exact = [
    `r.type = ${to.bindings.add(type, 'smallint')}`,
    ...codesWhere(to, type, codes),
    emit(to, dates, 'r', type, 'find'),
  ].join(' and ');
  const bounds = dateBounds(dates);
  if (!isBounded(bounds)) return countRows(`r.date_low is not null and ${exact}`);
  const counts = stretches(bounds, 'r', to.bindings).map((one) => countRows(`${one} and ${exact}`));
  return `(${counts.join(' + ')})`;
}

function codesWhere(to: Emit, type: number, codes: Condition[]): string[] {
  return codes.length === 0 ? [] : [`r.combination = any(${combinationsSql(and(codes), type, to.bindings)})`];
}
