import type { Comparison, Model } from '../model/types.ts';
import { inSteps, levelWeight, termWeights } from '../model/weights.ts';
import type { TextField } from '../types.ts';
import { domainOf } from './domains.ts';
import { columnRuntime } from './column-runtime.ts';
import { columnTest } from './emit-columns.ts';
import type { Table } from './table.ts';
import { comparable, reader } from './words.ts';

/** A model as functions on two rows of one table. Weights are in whole 1,024ths of a bit. */
export type Scorer = {
  level(comparison: number, i: number, j: number): number;
  /** All levels as one number; `levelsOf` takes it apart. */
  pattern(i: number, j: number): number;
  weight(i: number, j: number): number;
  /** What one comparison adds to the weight. */
  part(comparison: number, i: number, j: number): number;
  /** True when a veto stands against joining the two. */
  vetoed(i: number, j: number): boolean;
};

/** Compiles a model for the rows of a table. */
export function scorerFor(model: Model, table: Table): Scorer {
  const names: string[] = ['run', 'weights', 'terms'];
  const values: unknown[] = [columnRuntime(), weightTables(model), termTables(model, table)];
  const give = (name: string, value: unknown): void => {
    names.push(name);
    values.push(value);
  };
  give('rows', table.rows.values);
  for (const [field, column] of Object.entries(table.list)) {
    give(`s_${field}`, column.start);
    give(`n_${field}`, column.items);
  }
  for (const [domain, words] of Object.entries(table.words)) {
    const texts = comparable(words);
    give(`w_${domain}`, texts);
    if (domain === 'birthYear') {
      give(
        'v_birthYear',
        Float64Array.from({ length: words.count }, (_, number) => Number(texts.text(number))),
      );
    }
  }
  const make = new Function(...names, sourceOf(model, table)) as (...given: unknown[]) => Scorer;
  return make(...values);
}

function sourceOf(model: Model, table: Table): string {
  const functions = model.comparisons.map((comparison, index) => levelSource(comparison, index, table));
  const parts = model.comparisons.map(
    (comparison, index) =>
      `function part${index}(i, j) { const level = level${index}(i, j); let sum = weights[${index}][level];${termSource(comparison, index, table)} return sum; }`,
  );
  const weigh = model.comparisons.map((_, index) => ` + part${index}(i, j)`);
  const pattern = model.comparisons.map(
    ({ levels }, index) => `pattern = pattern * ${levels.length} + level${index}(i, j);`,
  );
  return `${functions.join('\n')}
${parts.join('\n')}
const allParts = [${model.comparisons.map((_, index) => `part${index}`).join(', ')}];
const all = [${model.comparisons.map((_, index) => `level${index}`).join(', ')}];
return {
  level: (comparison, i, j) => all[comparison](i, j),
  pattern(i, j) { let pattern = 0; ${pattern.join(' ')} return pattern; },
  vetoed: (i, j) => ${model.vetoes.map(({ when }) => columnTest(when, table)).join(' || ') || 'false'},
  part: (comparison, i, j) => allParts[comparison](i, j),
  weight: (i, j) => ${inSteps(model.prior) * 1024}${weigh.join('')},
};`;
}

function levelSource({ levels }: Comparison, index: number, table: Table): string {
  const lines = levels.map((level, number) => {
    const test = level.when === undefined ? 'true' : columnTest(level.when, table);
    return test === 'false' ? '' : `if (${test}) return ${number};`;
  });
  return `function level${index}(i, j) { ${lines.join(' ')} return ${levels.length - 1}; }`;
}

function termSource({ levels }: Comparison, index: number, table: Table): string {
  return levels
    .map((level, number) => {
      const field = level.termFrequency?.field;
      if (field === undefined || !(field in table.text) || level.isNull) return '';
      const place = table.rows.fields.indexOf(field);
      const [one, two] = ['i', 'j'].map((row) => `rows[${row} * ${table.rows.fields.length} + ${place}]`);
      return ` if (level === ${number} && terms[${index}][${number}] !== undefined && ${one} >= 0 && ${two} >= 0) sum += Math.min(terms[${index}][${number}][${one}], terms[${index}][${number}][${two}]);`;
    })
    .join('');
}

const weightTables = (model: Model): Int32Array[] =>
  model.comparisons.map(({ levels }) => Int32Array.from(levels, (level) => levelWeight(level) * 1024));

function termTables(model: Model, table: Table): (Int32Array | undefined)[][] {
  const made = new Map<string, (number: number) => string>();
  return model.comparisons.map(({ levels }) =>
    levels.map((level) => {
      const field: TextField | undefined = level.termFrequency?.field;
      const terms = termWeights(level, model);
      const words = field === undefined ? undefined : table.words[domainOf(field)];
      if (field === undefined || terms === undefined || words === undefined) return undefined;
      let read = made.get(domainOf(field));
      if (read === undefined) made.set(domainOf(field), (read = reader(words)));
      return Int32Array.from({ length: words.count }, (_, number) => terms.of(read(number)) * 1024);
    }),
  );
}

/** The level of each comparison in a pattern. */
export function levelsOf(pattern: number, model: Model): number[] {
  const levels: number[] = [];
  let rest = pattern;
  for (const comparison of [...model.comparisons].reverse()) {
    levels.push(rest % comparison.levels.length);
    rest = Math.floor(rest / comparison.levels.length);
  }
  return levels.reverse();
}
