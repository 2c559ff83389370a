import type { Condition } from '../model/types.ts';
import type { Field } from '../types.ts';
import { domainOf } from './domains.ts';
import type { Table } from './table.ts';

/**
 * A condition as a JavaScript expression on two rows `i` and `j` of a table whose columns stand in `t_FIELD`, `s_FIELD`
 * (starts) and `n_FIELD` (items), and whose texts are read by `w_DOMAIN`. A column that is not there makes its tests constant.
 */
export function columnTest(condition: Condition, table: Table): string {
  const has = (field: Field): boolean => field in table.text || field in table.list;
  const test = (inner: Condition): string => columnTest(inner, table);
  switch (condition.op) {
    case 'same': {
      const { field, with: other } = condition;
      if (!has(field) || (other !== undefined && !has(other))) return 'false';
      if (other === undefined) return equal(field, 'i', field, 'j');
      return `(${equal(field, 'i', other, 'j')} || ${equal(other, 'i', field, 'j')})`;
    }
    case 'swapped': {
      const [one, two] = condition.fields;
      if (!has(one) || !has(two)) return 'false';
      return `(${equal(one, 'i', two, 'j')} && ${equal(two, 'i', one, 'j')})`;
    }
    case 'share':
      return has(condition.field) ? `run.share(s_${condition.field}, n_${condition.field}, i, j)` : 'false';
    case 'among': {
      const { field, list } = condition;
      if (!has(field) || !has(list)) return 'false';
      return `(run.among(t_${field}[i], s_${list}, n_${list}, j) || run.among(t_${field}[j], s_${list}, n_${list}, i))`;
    }
    case 'jaroWinkler': {
      const { field, atLeast } = condition;
      if (!has(field)) return 'false';
      return `(${both(field)} && run.alike(w_${domainOf(field)}(t_${field}[i]), w_${domainOf(field)}(t_${field}[j]), ${atLeast}))`;
    }
    case 'levenshtein': {
      const { field, atMost } = condition;
      if (!has(field)) return 'false';
      return `(${both(field)} && run.levenshtein(w_${domainOf(field)}(t_${field}[i]), w_${domainOf(field)}(t_${field}[j])) <= ${atMost})`;
    }
    case 'edits': {
      const { field, atMost, minLength } = condition;
      if (!has(field)) return 'false';
      return `(${both(field)} && run.near(w_${domainOf(field)}(t_${field}[i]), w_${domainOf(field)}(t_${field}[j]), ${atMost}, ${minLength ?? 0}))`;
    }
    case 'initial':
      return has(condition.field) ? onTexts(condition.field, 'initial') : 'false';
    case 'startsSame':
      return has(condition.field) ? onTexts(condition.field, 'startsSame', condition.letters) : 'false';
    case 'yearsApart': {
      const { field, atMost } = condition;
      if (!has(field)) return 'false';
      return `(${both(field)} && Math.abs(v_${field}[t_${field}[i]] - v_${field}[t_${field}[j]]) <= ${atMost})`;
    }
    case 'missing': {
      const { field } = condition;
      if (!has(field)) return 'true';
      return field in table.list
        ? `(s_${field}[i] === s_${field}[i + 1] || s_${field}[j] === s_${field}[j + 1])`
        : `(t_${field}[i] < 0 || t_${field}[j] < 0)`;
    }
    case 'all':
      return `(${condition.of.map(test).join(' && ')})`;
    case 'any':
      return `(${condition.of.map(test).join(' || ')})`;
    case 'not':
      return `!${test(condition.of)}`;
  }
}

const equal = (one: Field, row: 'i' | 'j', two: Field, other: 'i' | 'j'): string =>
  `(t_${one}[${row}] >= 0 && t_${one}[${row}] === t_${two}[${other}])`;

const both = (field: Field): string => `t_${field}[i] >= 0 && t_${field}[j] >= 0`;

function onTexts(field: Field, call: string, ...more: number[]): string {
  const read = (row: string): string => `w_${domainOf(field)}(t_${field}[${row}])`;
  return `(${both(field)} && run.${call}(${[read('i'), read('j'), ...more].join(', ')}))`;
}
