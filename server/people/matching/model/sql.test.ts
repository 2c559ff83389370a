import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { scorerFor } from '../batch/compile.ts';
import { TableBuilder } from '../batch/table.ts';
import { normalise } from '../normalise/index.ts';
import { crowd } from '../../crowd.fixture.ts';
import { jaroWinkler, edits, levenshtein } from '../similarity.ts';
import { seeded } from '../train/random.ts';
import { listFields, textFields, type Normalised } from '../types.ts';
import { compileModel } from './compile.ts';
import { defaultModel } from './default.ts';
import { pairsSql, termTableSql } from './sql.ts';
import type { Model } from './types.ts';

const fields = [...textFields, ...listFields];

async function duckDb() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  return instance.connect();
}

const types = `{row: 'integer', ${fields.map((field) => `${field}: '${(listFields as readonly string[]).includes(field) ? 'varchar[]' : 'varchar'}'`).join(', ')}}`;

test('the function on records, the function on columns and the SQL give 100,000 pairs the same weight, bit for bit', async (t) => {
  const records = crowd(2_000, 11).map(normalise);
  const random = seeded(5);
  const pairs = Array.from(
    { length: 100_000 },
    () => [Math.floor(random() * records.length), Math.floor(random() * records.length)] as const,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-sql-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const model: Model = {
    ...defaultModel,
    comparisons: [
      ...defaultModel.comparisons,
      {
        name: 'what only models from elsewhere ask',
        levels: [
          { label: 'days', when: { op: 'daysApart', field: 'birthDate', atMost: 365 }, m: 0.5, u: 0.1 },
          {
            label: 'sector',
            when: { op: 'postcodePart', field: 'postcode', part: 'sector' },
            m: 0.3,
            u: 0.2,
          },
          { label: 'area', when: { op: 'postcodePart', field: 'postcode', part: 'area' }, m: 0.15, u: 0.3 },
          { label: 'else', m: 0.05, u: 0.4 },
        ],
      },
    ],
    termFrequencies: {
      ...defaultModel.termFrequencies,
      postcode: { ls10aa: 0.01 },
      place: { leeds: 0.2, york: 0.1 },
    },
  };

  const builder = new TableBuilder();
  records.forEach((record, row) => builder.add(String(row), record, 0));
  const scorer = scorerFor(model, builder.table());
  const { contributions, prior } = compileModel(model);
  const onRecords = (a: Normalised, b: Normalised): number =>
    contributions(a, b).reduce((sum, each) => sum + each.weight, prior);

  const recordFile = path.join(folder, 'records.json');
  writeFileSync(recordFile, records.map((record, row) => JSON.stringify({ row, ...record })).join('\n'));
  const pairFile = path.join(folder, 'pairs.csv');
  writeFileSync(pairFile, `k,a,b\n${pairs.map(([a, b], k) => `${k},${a},${b}`).join('\n')}\n`);
  const db = await duckDb();
  await db.run(`create table records as select * from read_json('${recordFile}', columns = ${types})`);
  await db.run(`create table pairs as select a, b from read_csv('${pairFile}') order by k`);
  for (const statement of termTableSql(model)) await db.run(statement);
  const result = await db.runAndReadAll(pairsSql(model, fields));
  const inSql = new Map(
    result.getRowsJson().map(([a, b, weight]) => [`${String(a)} ${String(b)}`, weight as number]),
  );

  const seen = new Set<number>();
  for (const [i, j] of pairs) {
    const weight = onRecords(records[i]!, records[j]!);
    assert.equal(scorer.weight(i, j) / 1024, weight, `columns, pair ${i} ${j}`);
    assert.equal(inSql.get(`${i} ${j}`), weight, `SQL, pair ${i} ${j}`);
    seen.add(weight);
  }
  assert.ok(seen.size > 3_000, `only ${seen.size} different weights were met`);
});

test('similarities agree with DuckDB to the last bit on 20,000 random pairs of words', async () => {
  const random = seeded(3);
  const word = (): string =>
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => 'abcde'[Math.floor(random() * 5)]).join('');
  const words = Array.from({ length: 20_000 }, () => [word(), word()] as const);
  const db = await duckDb();
  const values = words.map(([a, b], k) => `(${k}, '${a}', '${b}')`).join(', ');
  const result = await db.runAndReadAll(
    `select jaro_winkler_similarity(a, b), damerau_levenshtein(a, b), levenshtein(a, b)
     from (values ${values}) as words (k, a, b)
     order by k`,
  );
  result.getRows().forEach(([alike, exchanged, changed], k) => {
    const [a, b] = words[k]!;
    assert.equal(jaroWinkler(a, b), alike, `${a} ${b}`);
    assert.equal(BigInt(edits(a, b)), exchanged, `${a} ${b}`);
    assert.equal(BigInt(levenshtein(a, b)), changed, `${a} ${b}`);
  });
});
