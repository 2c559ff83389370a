import type { Field, TextField } from '../types.ts';
import type { BlockingRule, Condition, KeyPart, Level, Model } from './types.ts';
import { postcodeShapes } from './postcode-shapes.ts';
import { inSteps, levelWeight, termWeights } from './weights.ts';

/** A condition in DuckDB's SQL, on columns named FIELD_l and FIELD_r, as Splink names them. */
export function conditionSql(condition: Condition): string {
  switch (condition.op) {
    case 'same': {
      const { field, with: other } = condition;
      return other === undefined
        ? `${l(field)} = ${r(field)}`
        : `(${l(field)} = ${r(other)} or ${l(other)} = ${r(field)})`;
    }
    case 'swapped': {
      const [one, two] = condition.fields;
      return `(${l(one)} = ${r(two)} and ${l(two)} = ${r(one)})`;
    }
    case 'share':
      return `list_has_any(${l(condition.field)}, ${r(condition.field)})`;
    case 'among': {
      const { field, list } = condition;
      return `(list_contains(${r(list)}, ${l(field)}) or list_contains(${l(list)}, ${r(field)}))`;
    }
    case 'jaroWinkler':
      return `jaro_winkler_similarity(${l(condition.field)}, ${r(condition.field)}) >= ${condition.atLeast}`;
    case 'levenshtein':
      return `levenshtein(${l(condition.field)}, ${r(condition.field)}) <= ${condition.atMost}`;
    case 'edits': {
      const { field, atMost, minLength } = condition;
      const near = `damerau_levenshtein(${l(field)}, ${r(field)}) <= ${atMost}`;
      if (minLength === undefined) return near;
      return `(${near} and least(length(${l(field)}), length(${r(field)})) >= ${minLength})`;
    }
    case 'initial': {
      const { field } = condition;
      return `(least(length(${l(field)}), length(${r(field)})) = 1 and ${both((c) => `substr(${c}, 1, 1)`, field).join(' = ')})`;
    }
    case 'startsSame': {
      const { field, letters } = condition;
      return `(least(length(${l(field)}), length(${r(field)})) >= ${letters} and ${both((c) => `substr(${c}, 1, ${letters})`, field).join(' = ')})`;
    }
    case 'yearsApart': {
      const { field, atMost } = condition;
      return `abs(${both((c) => `cast(${c} as integer)`, field).join(' - ')}) <= ${atMost}`;
    }
    case 'daysApart': {
      const { field, atMost } = condition;
      return `abs(datediff('day', ${both((c) => `cast(${c} as date)`, field).join(', ')})) <= ${atMost}`;
    }
    case 'postcodePart': {
      const { source } = postcodeShapes[condition.part];
      return both((c) => `nullif(regexp_extract(${c}, '${source}', 1), '')`, condition.field).join(' = ');
    }
    case 'missing':
      return `(${both((c) => `${c} is null`, condition.field).join(' or ')})`;
    case 'all':
      return `(${condition.of.map(conditionSql).join(' and ')})`;
    case 'any':
      return `(${condition.of.map(conditionSql).join(' or ')})`;
    case 'not':
      return `(not coalesce(${conditionSql(condition.of)}, false))`;
  }
}

const l = (field: Field): string => `"${field}_l"`;
const r = (field: Field): string => `"${field}_r"`;
const both = (make: (column: string) => string, field: Field): string[] => [make(l(field)), make(r(field))];

/** What a level adds, as SQL; term frequencies come from tables `term_COMPARISON_LEVEL (value, weight)`. */
function levelSql(level: Level, comparison: number, number: number): string {
  const weight = levelWeight(level);
  const rule = level.termFrequency;
  if (rule === undefined || level.isNull) return String(weight);
  return `${weight} + ${termSql(comparison, number)}`;
}

const termSql = (comparison: number, level: number): string => `coalesce("term_${comparison}_${level}", 0)`;

type TermTable = { table: string; comparison: number; level: number; field: TextField };

/** For each level with term frequencies, the name of its table and its field. */
function termTablesOf(model: Model): TermTable[] {
  return model.comparisons.flatMap(({ levels }, comparison) =>
    levels.flatMap((level, number) =>
      level.termFrequency === undefined || level.isNull
        ? []
        : [
            {
              table: `term_${comparison}_${number}`,
              comparison,
              level: number,
              field: level.termFrequency.field,
            },
          ],
    ),
  );
}

/**
 * One SQL expression for the weight of a pair, in bits. Columns FIELD_l and FIELD_r stand for the two records; `term_C_L` for the
 * term-frequency step of level L in comparison C. Steps of 1/1024 make its sum the same to the last bit as the function's.
 */
export function weightSql(model: Model): string {
  const cases = model.comparisons.map(({ levels }, comparison) => {
    const lines = levels.map((level, number) => {
      const value = levelSql(level, comparison, number);
      return level.when === undefined ? `else ${value}` : `when ${conditionSql(level.when)} then ${value}`;
    });
    return `(case ${lines.join(' ')} end)`;
  });
  return [String(inSteps(model.prior)), ...cases].join('\n + ');
}

/** Statements that make the tables of term-frequency steps. */
export function termTableSql(model: Model): string[] {
  return termTablesOf(model).flatMap(({ table, comparison, level, field }) => {
    const terms = termWeights(model.comparisons[comparison]!.levels[level]!, model);
    const values = terms === undefined ? [] : Object.keys(model.termFrequencies[field] ?? {});
    const rows = values.map((value) => `('${value.replaceAll("'", "''")}', ${terms!.of(value)})`);
    const inserts = chunks(rows, 1000).map((chunk) => `insert into ${table} values ${chunk.join(', ')}`);
    return [`create or replace table ${table} (value varchar primary key, weight double)`, ...inserts];
  });
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, k) => list.slice(k * size, (k + 1) * size));

/**
 * A query for the weight of each pair in table `pairs (a, b)` of rows in table `records`, which has a column `row` and one for
 * each of our fields, null where there is nothing. Gives `a, b, weight`. Needs the tables of `termTableSql`.
 */
export function pairsSql(model: Model, fields: readonly Field[]): string {
  const sides = ['l', 'r'].flatMap((side) =>
    fields.map((field) => `${side}."${field}" as "${field}_${side}"`),
  );
  const tables = termTablesOf(model);
  const terms = tables.map(({ table, comparison, level, field }) => {
    const other = termWeights(model.comparisons[comparison]!.levels[level]!, model)?.other ?? 0;
    const of = (side: string): string => `coalesce(${table}_${side}.weight, ${other})`;
    return `case when l."${field}" is null or r."${field}" is null then 0 else least(${of('l')}, ${of('r')}) end as "${table}"`;
  });
  const joins = tables.flatMap(({ table, field }) =>
    ['l', 'r'].map(
      (side) => `left join ${table} as ${table}_${side} on ${table}_${side}.value = ${side}."${field}"`,
    ),
  );
  return `select a, b, ${weightSql(model)} as weight
from (
  select pairs.a, pairs.b, ${[...sides, ...terms].join(', ')}
  from pairs
  join records as l on l.row = pairs.a
  join records as r on r.row = pairs.b
  ${joins.join('\n  ')}
)`;
}

/** A blocking rule as a join condition on tables l and r. A part that is a list meets where the lists share a value. */
export const blockingSql = (rule: BlockingRule): string => rule.parts.map(partSql).join(' and ');

function partSql(part: KeyPart): string {
  if ('sorted' in part) {
    const [one, two] = part.sorted;
    const ends = (side: string, which: string): string => `${which}(${side}."${one}", ${side}."${two}")`;
    return ['least', 'greatest'].map((which) => `${ends('l', which)} = ${ends('r', which)}`).join(' and ');
  }
  const { field, letters } = part;
  if (['names', 'middle', 'postcodes', 'phones'].includes(field))
    return `list_has_any(l."${field}", r."${field}")`;
  if (letters === undefined) return `l."${field}" = r."${field}"`;
  return `substr(l."${field}", 1, ${letters}) = substr(r."${field}", 1, ${letters})`;
}
