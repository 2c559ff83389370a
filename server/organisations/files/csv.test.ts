import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { Problem } from '../../platform/errors.ts';
import { readCsv, type CsvRow } from './csv.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-csv-'));
after(() => rm(folder, { recursive: true }));

async function read(bytes: string | Buffer, name = 'a.csv'): Promise<CsvRow[]> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  const rows: CsvRow[] = [];
  for await (const some of readCsv(file, name)) rows.push(...some);
  return rows;
}

const refused = (place: string) => (error: unknown) => {
  assert.ok(error instanceof Problem);
  assert.equal(error.place, place);
  return true;
};

test('quotes, commas, line breaks and a byte order mark are read as they should be', async () => {
  const rows = await read('\u{feff}a,b\r\n"x, y","say ""hi"""\r\n"two\nlines",\n');
  assert.deepEqual(rows, [
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['x, y', 'say "hi"'] },
    { line: 3, fields: ['two\nlines', ''] },
  ]);
});

test('a last line without an end is read, and a line after a long field has its true number', async () => {
  assert.deepEqual(await read('a\n"1\n2\n3"\nb'), [
    { line: 1, fields: ['a'] },
    { line: 2, fields: ['1\n2\n3'] },
    { line: 5, fields: ['b'] },
  ]);
});

test('whatever is written as CSV is read back', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é'), maxLength: 6 });
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, async (wanted) => {
      const quoted = wanted.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','));
      const found = await read(quoted.join('\n'));
      assert.deepEqual(
        found.map(({ fields }) => fields),
        wanted,
      );
    }),
    { numRuns: 100 },
  );
});

test('a quote inside a field, one that is never closed and bytes that are not UTF-8 are refused with their line', async () => {
  await assert.rejects(read('a,b\nx,y"z\n'), refused('a.csv, line 2, column 2'));
  await assert.rejects(read('a\n"never\n'), refused('a.csv, line 2, column 1'));
  await assert.rejects(read(Buffer.from([0x61, 0x0a, 0xff, 0x0a])), refused('a.csv, line 1'));
});

test('a packed file is read, and a damaged one refused', async () => {
  assert.equal((await read(gzipSync('a\nb\n'), 'a.csv.gz')).length, 2);
  await assert.rejects(read(gzipSync('a\nb\n').subarray(0, 12), 'a.csv.gz'), refused('a.csv.gz'));
});
