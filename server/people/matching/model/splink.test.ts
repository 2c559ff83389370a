import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../platform/errors.ts';
import { normalise } from '../normalise/index.ts';
import { crowd } from '../../crowd.fixture.ts';
import { compileModel } from './compile.ts';
import { defaultModel } from './default.ts';
import { splinkFrom } from './splink-out.ts';
import { modelFromText, modelText } from './text.ts';

test('a model written as Splink settings and read back weighs every pair the same', () => {
  const read = modelFromText(JSON.stringify(splinkFrom(defaultModel)));
  assert.deepEqual(
    read.comparisons.map(({ levels }) => levels.map(({ when }) => when)),
    defaultModel.comparisons.map(({ levels }) => levels.map(({ when }) => when)),
  );
  const records = crowd(300, 2).map(normalise);
  const before = compileModel({ ...defaultModel, termFrequencies: {} });
  const after = compileModel(read);
  for (let k = 1; k < records.length; k++) {
    const [a, b] = [records[k - 1]!, records[k]!];
    const bits = (each: typeof before): number[] => each.contributions(a, b).map(({ weight }) => weight);
    assert.deepEqual(bits(after), bits(before));
  }
});

test('settings as Splink itself writes them are read', () => {
  const model = modelFromText(
    JSON.stringify({
      link_type: 'dedupe_only',
      probability_two_random_records_match: 0.001,
      blocking_rules_to_generate_predictions: [
        { blocking_rule: 'l.surname = r.surname', sql_dialect: 'duckdb' },
      ],
      comparisons: [
        {
          output_column_name: 'first_name',
          comparison_levels: [
            { sql_condition: '"first_name_l" IS NULL OR "first_name_r" IS NULL', is_null_level: true },
            {
              sql_condition: '"first_name_l" = "first_name_r"',
              m_probability: 0.8,
              u_probability: 0.01,
              tf_adjustment_column: 'first_name',
            },
            {
              sql_condition: 'jaro_winkler_similarity("first_name_l", "first_name_r") >= 0.9',
              m_probability: 0.1,
              u_probability: 0.02,
            },
            { sql_condition: 'ELSE', m_probability: 0.1, u_probability: 0.97 },
          ],
        },
      ],
    }),
  );
  assert.deepEqual(
    model.comparisons[0]?.levels.map(({ when }) => when),
    [
      { op: 'missing', field: 'given' },
      { op: 'same', field: 'given' },
      { op: 'jaroWinkler', field: 'given', atLeast: 0.9 },
      undefined,
    ],
  );
});

test('a condition that cannot be said in our terms is refused by name', () => {
  const settings = {
    comparisons: [
      {
        output_column_name: 'x',
        comparison_levels: [{ sql_condition: 'cosine_similarity("x_l", "x_r") > 0.9' }],
      },
    ],
  };
  assert.throws(
    () => modelFromText(JSON.stringify(settings)),
    (error: unknown) => error instanceof Problem && /cosine_similarity/.test(error.message),
  );
});

test('a model of ours is read back as it was written', () => {
  assert.deepEqual(modelFromText(modelText(defaultModel)), JSON.parse(JSON.stringify(defaultModel)));
});

test('a model from outside that holds what is no field and no number is refused, and becomes no code', () => {
  const broken: [string, (model: typeof defaultModel) => unknown][] = [
    [
      'field',
      ({ comparisons }) => Object.assign(firstCondition(comparisons), { op: 'initial', field: 'x;throw 1' }),
    ],
    [
      'letters',
      ({ comparisons }) =>
        Object.assign(firstCondition(comparisons), {
          op: 'startsSame',
          field: 'family',
          letters: '1)||process.exit(',
        }),
    ],
    ['op', ({ comparisons }) => Object.assign(firstCondition(comparisons), { op: 'constructor' })],
    [
      'fields',
      ({ comparisons }) =>
        Object.assign(firstCondition(comparisons), { op: 'swapped', fields: ['family', '__proto__'] }),
    ],
  ];
  for (const [key, breakIt] of broken) {
    const model = structuredClone(defaultModel);
    breakIt(model);
    assert.throws(
      () => modelFromText(JSON.stringify(model)),
      (error: Problem) => error.code === 'link/model-fault' && error.place?.endsWith(`.${key}`) === true,
      key,
    );
  }
});

const firstCondition = (
  comparisons: readonly { levels: readonly { when?: object | undefined }[] }[],
): object => comparisons.flatMap(({ levels }) => levels.flatMap(({ when }) => when ?? []))[0]!;
