import { postcodeShapes } from './postcode-shapes.ts';
import { fieldNamed } from './splink-fields.ts';
import type { Sql } from './sql-read.ts';
import type { PostcodePart } from './types.ts';

/** The part of a postcode that the comparisons of Splink 4 and our own cut out by a pattern. Source: Splink, comparison library. */
const postcodePatterns: Readonly<Record<string, string>> = {
  '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9][A-Za-z]{2}$': 'postcode',
  '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]': 'postcode sector',
  '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?': 'outcode',
  '^[A-Za-z]{1,2}': 'postcode area',
  [postcodeShapes.sector.source]: 'postcode sector',
  [postcodeShapes.area.source]: 'postcode area',
};
const emailPatterns: Readonly<Record<string, string>> = { '^[^@]+': 'emailUser' };

/** The part of a postcode that a column made by `readParts` stands for. */
export const partNamed = (column: string): PostcodePart | undefined =>
  column === 'postcode sector' ? 'sector' : column === 'postcode area' ? 'area' : undefined;

/**
 * SQL with simple columns in place of what is cut out of one: the user of an e-mail address, parts of a postcode, a text read as a
 * date. Our normal forms hold these ready. What else is cut out stays, and is refused by who reads it.
 */
export function readParts(sql: Sql, text: string): Sql {
  const inner = (each: Sql): Sql => readParts(each, text);
  switch (sql.kind) {
    case 'and':
    case 'or':
      return { kind: sql.kind, of: sql.of.map(inner) };
    case 'not':
    case 'isNull':
      return { kind: sql.kind, of: inner(sql.of) };
    case 'compare':
      return { ...sql, left: inner(sql.left), right: inner(sql.right) };
    case 'call':
      return partOf({ ...sql, args: sql.args.map(inner) }, text);
    default:
      return sql;
  }
}

function partOf(call: Extract<Sql, { kind: 'call' }>, text: string): Sql {
  const [column, pattern] = call.args;
  if (column?.kind !== 'column') return call;
  if (call.name === 'nullif' && pattern?.kind === 'text' && pattern.value === '') return column;
  const isDate = ['try_strptime', 'strptime', 'try_cast', 'date'].includes(call.name);
  if (isDate && fieldNamed(column.name, text).endsWith('Date')) return column;
  if (call.name !== 'regexp_extract' || pattern?.kind !== 'text') return call;
  const field = fieldNamed(column.name, text);
  const patterns = field === 'postcode' ? postcodePatterns : field === 'email' ? emailPatterns : {};
  const name = Object.hasOwn(patterns, pattern.value) ? patterns[pattern.value] : undefined;
  return name === undefined ? call : { ...column, name };
}
