import { Problem } from '../../../platform/errors.ts';
import type { Field } from '../types.ts';
import { anyField, fieldNamed, listNamed } from './splink-fields.ts';
import { partNamed } from './splink-parts.ts';
import type { Sql } from './sql-read.ts';
import type { Condition } from './types.ts';

/** SQL as a condition of ours. `text` is told when it cannot be said. */
export function conditionOf(sql: Sql, text: string): Condition {
  const found = special(sql, text) ?? plain(sql, text);
  if (found !== undefined) return found;
  throw new Problem('link/splink-condition', 400, `This condition cannot be said in our terms: ${text}`, {
    wayOut:
      'Use equality, is null, jaro_winkler_similarity, levenshtein, damerau_levenshtein, substr or list functions on one column.',
  });
}

function plain(sql: Sql, text: string): Condition | undefined {
  switch (sql.kind) {
    case 'and':
      return { op: 'all', of: sql.of.map((each) => conditionOf(each, text)) };
    case 'or':
      return { op: 'any', of: sql.of.map((each) => conditionOf(each, text)) };
    case 'not':
      return { op: 'not', of: conditionOf(withoutCoalesce(sql.of), text) };
    case 'compare':
      return comparison(sql, text);
    case 'call':
      return isCall(sql, ['list_has_any', 'array_has_any'], 2) ? share(sql.args, text) : undefined;
    default:
      return undefined;
  }
}

const withoutCoalesce = (sql: Sql): Sql =>
  sql.kind === 'call' && sql.name === 'coalesce' ? sql.args[0]! : sql;

/** Conditions that SQL says in two or three parts. */
function special(sql: Sql, text: string): Condition | undefined {
  if (sql.kind !== 'and' && sql.kind !== 'or') return undefined;
  const [one, two, more] = sql.of;
  if (one === undefined || two === undefined || more !== undefined) return undefined;
  if (sql.kind === 'or') return missing(one, two, text) ?? crossed(one, two, text) ?? among(one, two, text);
  return swapped(one, two, text) ?? withLength(one, two, text);
}

function missing(one: Sql, two: Sql, text: string): Condition | undefined {
  if (one.kind !== 'isNull' || two.kind !== 'isNull') return undefined;
  if (one.of.kind !== 'column' || two.of.kind !== 'column' || one.of.name !== two.of.name) return undefined;
  return { op: 'missing', field: anyField(one.of.name, text) };
}

/** Two columns that are set equal, or nothing. */
function equated(sql: Sql): { l: string; r: string } | undefined {
  if (sql.kind !== 'compare' || sql.op !== '=') return undefined;
  const { left, right } = sql;
  if (left.kind !== 'column' || right.kind !== 'column' || left.side === right.side) return undefined;
  return left.side === 'l' ? { l: left.name, r: right.name } : { l: right.name, r: left.name };
}

function crossed(one: Sql, two: Sql, text: string): Condition | undefined {
  const [first, second] = [equated(one), equated(two)];
  if (first === undefined || second === undefined || first.l === first.r) return undefined;
  if (first.l !== second.r || first.r !== second.l) return undefined;
  return { op: 'same', field: fieldNamed(first.l, text), with: fieldNamed(first.r, text) };
}

function swapped(one: Sql, two: Sql, text: string): Condition | undefined {
  const condition = crossed(one, two, text);
  if (condition?.op !== 'same' || condition.with === undefined) return undefined;
  return { op: 'swapped', fields: [condition.field, condition.with] };
}

function among(one: Sql, two: Sql, text: string): Condition | undefined {
  const parts = [one, two].map((sql) => {
    if (!isCall(sql, ['list_contains', 'array_contains'], 2)) return undefined;
    const [list, value] = sql.args;
    return list?.kind === 'column' && value?.kind === 'column'
      ? { list: list.name, value: value.name }
      : undefined;
  });
  if (parts[0] === undefined || parts[0].list !== parts[1]?.list || parts[0].value !== parts[1].value)
    return undefined;
  return { op: 'among', field: fieldNamed(parts[0].value, text), list: listNamed(parts[0].list, text) };
}

/** `least(length(x_l), length(x_r))` against a number, beside another condition. */
function withLength(one: Sql, two: Sql, text: string): Condition | undefined {
  const [length, other] = lengthOf(one) === undefined ? [lengthOf(two), one] : [lengthOf(one), two];
  if (length === undefined) return undefined;
  const condition = conditionOf(other, text);
  if (condition.op === 'edits' && length.op === '>=') return { ...condition, minLength: length.letters };
  if (condition.op !== 'startsSame') return undefined;
  return length.op === '=' ? { op: 'initial', field: condition.field } : condition;
}

function lengthOf(sql: Sql): { op: string; letters: number } | undefined {
  if (sql.kind !== 'compare' || !isCall(sql.left, ['least'], 2) || sql.right.kind !== 'number')
    return undefined;
  return { op: sql.op, letters: sql.right.value };
}

function comparison(sql: Extract<Sql, { kind: 'compare' }>, text: string): Condition | undefined {
  const pair = equated(sql);
  if (pair !== undefined) {
    const part = postcodePartOf(pair);
    if (part !== undefined) return part;
    const field = fieldNamed(pair.l, text);
    return pair.l === pair.r ? { op: 'same', field } : { op: 'same', field, with: fieldNamed(pair.r, text) };
  }
  const { left, right, op } = sql;
  if (isCall(left, ['substr', 'substring'], 3) && isCall(right, ['substr', 'substring'], 3)) {
    const [column, from, letters] = left.args;
    if (
      column?.kind !== 'column' ||
      from?.kind !== 'number' ||
      from.value !== 1 ||
      letters?.kind !== 'number'
    )
      return undefined;
    return { op: 'startsSame', field: fieldNamed(column.name, text), letters: letters.value };
  }
  if (left.kind !== 'call' || right.kind !== 'number') return undefined;
  return likeness(left, op, right.value, text);
}

function likeness(
  call: Extract<Sql, { kind: 'call' }>,
  op: string,
  value: number,
  text: string,
): Condition | undefined {
  if (call.name === 'abs' && op === '<=') return apart(call.args[0], value, text);
  if (isCall(call, ['array_length', 'len', 'length'], 1) && op === '>=' && value === 1) {
    const inner = call.args[0]!;
    return isCall(inner, ['list_intersect', 'array_intersect'], 2) ? share(inner.args, text) : undefined;
  }
  const [one, two] = call.args;
  if (one?.kind !== 'column' || two?.kind !== 'column' || one.name !== two.name) return undefined;
  const field = fieldNamed(one.name, text);
  if (call.name === 'jaro_winkler_similarity' && op === '>=')
    return { op: 'jaroWinkler', field, atLeast: value };
  if (call.name === 'levenshtein' && op === '<=') return { op: 'levenshtein', field, atMost: value };
  if (call.name === 'damerau_levenshtein' && op === '<=') return { op: 'edits', field, atMost: value };
  return undefined;
}

const secondsADay = 86_400;
const wholeNumbers: readonly Field[] = ['birthYear', 'birthMonth', 'birthDay'];
const wholeDates: readonly Field[] = ['birthDate', 'deathDate'];

/** What stands between the bars of an absolute difference: dates in days or seconds, or whole numbers. */
function apart(inner: Sql | undefined, value: number, text: string): Condition | undefined {
  if (inner === undefined) return undefined;
  const [name, other, ...more] = columnsIn(inner);
  if (name === undefined || name !== other || more.length > 0) return undefined;
  const field = fieldNamed(name, text);
  if (inner.kind === 'call' && ['datediff', 'date_diff'].includes(inner.name)) {
    const [unit] = inner.args;
    const isInDays = unit?.kind === 'text' && unit.value === 'day';
    return isInDays && wholeDates.includes(field) ? { op: 'daysApart', field, atMost: value } : undefined;
  }
  if (inner.kind !== 'call' || inner.name !== 'minus') return undefined;
  if (inner.args.every((each) => isCall(each, ['epoch'], 1)))
    return wholeDates.includes(field)
      ? { op: 'daysApart', field, atMost: Math.floor(value / secondsADay) }
      : undefined;
  return wholeNumbers.includes(field) ? { op: 'yearsApart', field, atMost: value } : undefined;
}

function postcodePartOf({ l, r }: { l: string; r: string }): Condition | undefined {
  const part = l === r ? partNamed(l) : undefined;
  return part === undefined ? undefined : { op: 'postcodePart', field: 'postcode', part };
}

function share(args: readonly Sql[], text: string): Condition | undefined {
  const [one, two] = args;
  if (one?.kind !== 'column' || two?.kind !== 'column' || one.name !== two.name) return undefined;
  return { op: 'share', field: listNamed(one.name, text) };
}

const columnsIn = (sql: Sql): string[] =>
  sql.kind === 'column' ? [sql.name] : sql.kind === 'call' ? sql.args.flatMap(columnsIn) : [];

const isCall = (sql: Sql, names: readonly string[], args: number): sql is Extract<Sql, { kind: 'call' }> =>
  sql.kind === 'call' && names.includes(sql.name) && sql.args.length === args;
