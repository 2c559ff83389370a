import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../platform/errors.ts';
import { scorerFor } from '../batch/compile.ts';
import { TableBuilder } from '../batch/table.ts';
import { crowd } from '../../crowd.fixture.ts';
import { normalise } from '../normalise/index.ts';
import { conditionSql } from './sql.ts';
import { compileModel } from './compile.ts';
import { modelFromText } from './text.ts';
import type { Condition } from './types.ts';

/** Conditions in the words of the comparisons that come with Splink 4, for DuckDB. */
const born = (side: string): string => `try_strptime("dob_${side}", '%Y-%m-%d')`;
const user = (side: string): string => `NULLIF(regexp_extract("email_${side}", '^[^@]+', 0), '')`;
const part = (side: string, shape: string): string =>
  `NULLIF(regexp_extract("postcode_${side}", '${shape}', 0), '')`;
const [sector, district, area] = [
  '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]',
  '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?',
  '^[A-Za-z]{1,2}',
] as const;
const whole = '^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9][A-Za-z]{2}$';
const alike = (column: string, least: number): string =>
  `jaro_winkler_similarity("${column}_l", "${column}_r") >= ${least}`;

const levels = (...conditions: string[]) => [
  ...conditions.map((sql_condition, index) => ({
    sql_condition,
    label_for_charts: sql_condition,
    ...(index === 0
      ? { is_null_level: true }
      : { m_probability: 0.3 - index / 50, u_probability: index / 50 }),
  })),
  { sql_condition: 'ELSE', m_probability: null, u_probability: 0.6 },
];

const settings = {
  link_type: 'dedupe_only',
  probability_two_random_records_match: 0.0001,
  comparisons: [
    {
      output_column_name: 'first_name_surname',
      comparison_levels: levels(
        '("first_name_l" IS NULL OR "first_name_r" IS NULL) AND ("surname_l" IS NULL OR "surname_r" IS NULL)',
        '("first_name_l" = "first_name_r") AND ("surname_l" = "surname_r")',
        '"first_name_l" = "surname_r" AND "first_name_r" = "surname_l"',
        `(${alike('first_name', 0.92)}) AND (${alike('surname', 0.92)})`,
        '"surname_l" = "surname_r"',
      ),
    },
    {
      output_column_name: 'dob',
      comparison_levels: levels(
        `${born('l')} IS NULL OR ${born('r')} IS NULL`,
        '"dob_l" = "dob_r"',
        'damerau_levenshtein("dob_l", "dob_r") <= 1',
        ...['2629800.0', '31557600.0', '315576000.0'].map(
          (seconds) => `ABS(EPOCH(${born('l')}) - EPOCH(${born('r')})) <= ${seconds}`,
        ),
      ),
    },
    {
      output_column_name: 'postcode',
      comparison_levels: levels(
        `${part('l', whole)} IS NULL OR ${part('r', whole)} IS NULL`,
        '"postcode_l" = "postcode_r"',
        ...[sector, district, area].map((shape) => `${part('l', shape)} = ${part('r', shape)}`),
      ),
    },
    {
      output_column_name: 'email',
      comparison_levels: levels(
        '"email_l" IS NULL OR "email_r" IS NULL',
        '"email_l" = "email_r"',
        `${user('l')} = ${user('r')}`,
        alike('email', 0.88),
        `jaro_winkler_similarity(${user('l')}, ${user('r')}) >= 0.88`,
      ),
    },
  ],
};

const model = modelFromText(JSON.stringify(settings));
const conditions = (index: number): (Condition | undefined)[] =>
  model.comparisons[index]!.levels.map(({ when }) => when);

test('what the comparisons of Splink 4 write for dates, postcodes and mail is read', () => {
  assert.deepEqual(conditions(1).slice(3), [
    { op: 'daysApart', field: 'birthDate', atMost: 30 },
    { op: 'daysApart', field: 'birthDate', atMost: 365 },
    { op: 'daysApart', field: 'birthDate', atMost: 3652 },
    undefined,
  ]);
  assert.deepEqual(conditions(2), [
    { op: 'missing', field: 'postcode' },
    { op: 'same', field: 'postcode' },
    { op: 'postcodePart', field: 'postcode', part: 'sector' },
    { op: 'same', field: 'outcode' },
    { op: 'postcodePart', field: 'postcode', part: 'area' },
    undefined,
  ]);
  assert.deepEqual(conditions(3).slice(2), [
    { op: 'same', field: 'emailUser' },
    { op: 'jaroWinkler', field: 'email', atLeast: 0.88 },
    { op: 'jaroWinkler', field: 'emailUser', atLeast: 0.88 },
    undefined,
  ]);
});

test('it is written and read back the same', () => {
  for (const { levels: each } of model.comparisons) {
    for (const { when } of each) {
      if (when === undefined) continue;
      const again = modelFromText(
        JSON.stringify({
          comparisons: [
            {
              output_column_name: 'x',
              comparison_levels: [{ sql_condition: conditionSql(when) }, { sql_condition: 'ELSE' }],
            },
          ],
        }),
      );
      assert.deepEqual(again.comparisons[0]!.levels[0]!.when, when);
    }
  }
});

test('records and columns are weighed alike by it, and pairs fall into all its levels', () => {
  const records = crowd(1_500, 4).map(normalise);
  const builder = new TableBuilder();
  records.forEach((record, row) => builder.add(String(row), record, 0));
  const scorer = scorerFor(model, builder.table());
  const { levels: levelsOf, weight } = compileModel(model);
  const met = model.comparisons.map(() => new Set<number>());
  for (let i = 0; i < records.length; i++) {
    for (const j of [(i * 7 + 1) % records.length, (i + 1) % records.length, (i + 2) % records.length]) {
      const found = levelsOf(records[i]!, records[j]!);
      found.forEach((level, index) => {
        met[index]!.add(level);
        assert.equal(scorer.level(index, i, j), level);
      });
      assert.equal(scorer.weight(i, j) / 1024, weight(records[i]!, records[j]!));
    }
  }
  assert.ok(met[1]!.size >= 4 && met[2]!.size >= 4, JSON.stringify(met.map((each) => [...each])));
});

test('a difference of what is neither a date nor a year is refused, not misread', () => {
  for (const condition of [
    `ABS("surname_l" - "surname_r") <= 2`,
    `ABS(EPOCH("surname_l") - EPOCH("surname_r")) <= 2`,
    `NULLIF(regexp_extract("surname_l", '^[^@]+', 0), '') = NULLIF(regexp_extract("surname_r", '^[^@]+', 0), '')`,
    `${part('l', '^[0-9]+')} = ${part('r', '^[0-9]+')}`,
    `${part('l', sector)} = ${part('r', area)}`,
  ])
    assert.throws(
      () =>
        modelFromText(
          JSON.stringify({
            comparisons: [{ output_column_name: 'x', comparison_levels: [{ sql_condition: condition }] }],
          }),
        ),
      (error: unknown) => error instanceof Problem && error.code.startsWith('link/splink'),
      condition,
    );
});
