import type { Condition } from '../model/types.ts';
import type { Field, TextField } from '../types.ts';
import { domainOf } from './domains.ts';
import type { Table } from './table.ts';

type Row = 'p' | 'q';
type At = (field: Field, row: Row) => string;

const both = (field: Field, at: At): string => `${at(field, 'p')} >= 0 && ${at(field, 'q')} >= 0`;

/**
 * A condition as a JavaScript expression on two rows `i` and `j` of a table. Text fields stand in `rows`,  lists
 * in `s_FIELD` (starts) and `n_FIELD` (items); texts in `w_DOMAIN`. A column that is not there makes its tests constant.
 */
export function columnTest(condition: Condition, table: Table): string {
  const width = table.rows.fields.length;
  const at: At = (field, row) =>
    `rows[${row === 'p' ? 'i' : 'j'} * ${width} + ${table.rows.fields.indexOf(field as TextField)}]`;
  const equal = (one: Field, row: Row, two: Field, other: Row): string =>
    `(${at(one, row)} >= 0 && ${at(one, row)} === ${at(two, other)})`;
  const has = (field: Field): boolean => field in table.text || field in table.list;
  const test = (inner: Condition): string => columnTest(inner, table);
  switch (condition.op) {
    case 'same': {
      const { field, with: other } = condition;
      if (!has(field) || (other !== undefined && !has(other))) return 'false';
      if (other === undefined) return equal(field, 'p', field, 'q');
      return `(${equal(field, 'p', other, 'q')} || ${equal(other, 'p', field, 'q')})`;
    }
    case 'swapped': {
      const [one, two] = condition.fields;
      if (!has(one) || !has(two)) return 'false';
      return `(${equal(one, 'p', two, 'q')} && ${equal(two, 'p', one, 'q')})`;
    }
    case 'share':
      return has(condition.field) ? `run.share(s_${condition.field}, n_${condition.field}, i, j)` : 'false';
    case 'among': {
      const { field, list } = condition;
      if (!has(field) || !has(list)) return 'false';
      return `(run.among(${at(field, 'p')}, s_${list}, n_${list}, j) || run.among(${at(field, 'q')}, s_${list}, n_${list}, i))`;
    }
    case 'jaroWinkler': {
      const { field, atLeast } = condition;
      if (!has(field)) return 'false';
      return `(${both(field, at)} && run.alike(w_${domainOf(field)}, ${at(field, 'p')}, ${at(field, 'q')}, ${atLeast}))`;
    }
    case 'levenshtein': {
      const { field, atMost } = condition;
      if (!has(field)) return 'false';
      return `(${both(field, at)} && run.levenshtein(w_${domainOf(field)}, ${at(field, 'p')}, ${at(field, 'q')}) <= ${atMost})`;
    }
    case 'edits': {
      const { field, atMost, minLength } = condition;
      if (!has(field)) return 'false';
      return `(${both(field, at)} && run.near(w_${domainOf(field)}, ${at(field, 'p')}, ${at(field, 'q')}, ${atMost}, ${minLength ?? 0}))`;
    }
    case 'initial':
      return has(condition.field) ? onTexts(condition.field, 'initial', at) : 'false';
    case 'startsSame':
      return has(condition.field) ? onTexts(condition.field, 'startsSame', at, condition.letters) : 'false';
    case 'yearsApart': {
      const { field, atMost } = condition;
      if (!has(field)) return 'false';
      return `(${both(field, at)} && Math.abs(v_${field}[${at(field, 'p')}] - v_${field}[${at(field, 'q')}]) <= ${atMost})`;
    }
    case 'daysApart': {
      const { field, atMost } = condition;
      if (!has(field)) return 'false';
      return `(${both(field, at)} && run.daysApart(w_${domainOf(field)}, ${at(field, 'p')}, ${at(field, 'q')}) <= ${atMost})`;
    }
    case 'postcodePart': {
      const { field, part } = condition;
      if (!has(field)) return 'false';
      return `(${both(field, at)} && run.postcodePart(w_${domainOf(field)}, ${at(field, 'p')}, ${at(field, 'q')}, '${part}'))`;
    }
    case 'missing': {
      const { field } = condition;
      if (!has(field)) return 'true';
      return field in table.list
        ? `(s_${field}[i] === s_${field}[i + 1] || s_${field}[j] === s_${field}[j + 1])`
        : `(${at(field, 'p')} < 0 || ${at(field, 'q')} < 0)`;
    }
    case 'all':
      return `(${condition.of.map(test).join(' && ')})`;
    case 'any':
      return `(${condition.of.map(test).join(' || ')})`;
    case 'not':
      return `!${test(condition.of)}`;
  }
}

function onTexts(field: Field, call: string, at: At, ...more: number[]): string {
  return `(${both(field, at)} && run.${call}(${[`w_${domainOf(field)}`, at(field, 'p'), at(field, 'q'), ...more].join(', ')}))`;
}
