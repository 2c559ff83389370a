import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { array, assert as check, asyncProperty, constantFrom, integer, string } from 'fast-check';
import { database } from '../../../test/support/database.ts';
import { createServices } from '../../services.ts';
import { Problem } from '../../platform/errors.ts';
import { declareMapping } from '../load/mappings.ts';
import { loadRows } from '../load/rows.ts';
import { newestMapping } from '../load/store.ts';
import { readDate } from './dates.ts';
import { foodBank } from './food-bank.fixture.ts';
import { readCsv, shippedMappings, type CsvRecord, type Mapping } from './index.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(
  text: string | Buffer,
  delimiter = ',',
  encoding = 'utf-8',
  size = 7,
): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readCsv(inPieces(Buffer.from(text as string), size), { delimiter, encoding }))
    records.push(record);
  return records;
}

describe('Rows are cut out of bytes', () => {
  test('whatever is in quotes, and however the bytes are broken into pieces', async () => {
    const field = string({ maxLength: 12 }).filter((text) => !text.includes('\0') && text.trim() !== '');
    await check(
      asyncProperty(
        array(array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        constantFrom('\n', '\r\n'),
        integer({ min: 1, max: 9 }),
        async (rows, end, size) => {
          const text =
            rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(';')).join(end) + end;
          const found = await all(text, ';', 'utf-8', size);
          assert.deepEqual(
            found.map(({ fields }) => fields),
            rows,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test('lines are counted through breaks in quotes; empty lines are no rows', async () => {
    const found = await all('a,b\r\n"x\r\ny",1\r\n\r\nz,2');
    assert.deepEqual(
      found.map(({ line, fields }) => [line, ...fields]),
      [
        [1, 'a', 'b'],
        [2, 'x\r\ny', '1'],
        [5, 'z', '2'],
      ],
    );
  });

  test('a wrong encoding and an unclosed quote are told with their line', async () => {
    await assert.rejects(all(Buffer.from('a,b\nSi\u00e2n,1\n', 'latin1')), { code: 'feeds/encoding' });
    assert.equal(
      (await all(Buffer.from('a\nSi\u00e2n\n', 'latin1'), ',', 'iso-8859-1'))[1]?.fields[0],
      'Si\u00e2n',
    );
    await assert.rejects(all('a,b\n"x,1\ny,2\n'), { code: 'feeds/quote', place: 'line 2' });
  });

  test('a row without an end is refused with its line, once it is longer than any row', async () => {
    const endless = 'x'.repeat(5 * 1024 * 1024);
    await assert.rejects(all(`a,b\n"${endless}`, ',', 'utf-8', 65_536), {
      code: 'feeds/quote',
      place: 'line 2',
    });
    await assert.rejects(all(`a,b\n${endless}`, ',', 'utf-8', 65_536), {
      code: 'feeds/long-row',
      place: 'line 2',
    });
  });
});

test('dates are read in the agreed forms, and only where they exist', () => {
  assert.equal(readDate('29/02/2024', ['DD/MM/YYYY']), '2024-02-29');
  assert.equal(readDate('29/02/2023', ['DD/MM/YYYY']), undefined);
  assert.equal(readDate('5-Sept-2021', ['YYYY-MM-DD', 'DD-Mon-YYYY']), '2021-09-05');
  assert.equal(readDate('2021-13-01', ['YYYY-MM-DD']), undefined);
});

test('every mapping that comes with OpenICS can be used', () => {
  assert.deepEqual(
    shippedMappings().map(({ mapping }) => mapping),
    [
      'adult-social-care',
      'drug-and-alcohol',
      'housing',
      'school',
      'voluntary-befriending',
      'voluntary-carers',
    ],
  );
});

const tenant = (number: number, born = '12/07/1968'): string =>
  `TN1,T${number},Mr,Ian,Hale,${born},M,,"7 Cedar Crescent, Harport",ZZ1 0AD,30/07/2005,31/03/2022,No,,2,Y`;

describe('A file of rows', async () => {
  const services = await createServices(await database());
  after(() => services.validator.stop());
  const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-rows-'));
  after(() => rmSync(folder, { recursive: true }));
  const housing = shippedMappings().find(({ mapping }) => mapping === 'housing')!;
  const header = housing.columns.join(',');
  const load = (name: string, text: string, mapping: Mapping = housing) => {
    const full = path.join(folder, name);
    writeFileSync(full, text);
    return loadRows({
      db: services.db,
      clock: services.clock,
      queue: services.feeds.queue,
      feed: { kind: 'csv', key: 'homes', name: 'Homes', source: 'urn:example:homes' },
      mapping,
      dialect: { delimiter: ',', encoding: 'utf-8' },
      file: { full, name },
      signal: new AbortController().signal,
      stored: () => undefined,
    });
  };

  test('is stored row by row; a bad row waits for a person; the same file again does nothing', async () => {
    const text = [header, tenant(1), tenant(2, '31/02/1970'), tenant(3), 'too,short', ''].join('\n');
    const done = await load('a.csv', text);
    assert.deepEqual([done.state, done.done, done.stored, done.held], ['loaded', 4, 2, 2]);
    const again = await load('b.csv', text);
    assert.equal(again.id, done.id);
    assert.equal(again.done, 4);
    const rows = await services.db.query<{ place: string; reason: string; id: string }>(
      `select id, place, reason from feeds.message where state = 'dead' order by control_id`,
    );
    assert.deepEqual(
      rows.map(({ place, reason }) => `${place}: ${reason}`),
      ['DOB: This is no date of the agreed form that exists.', ': The row has 2 fields instead of 16.'],
    );
    await services.feeds.desk.mend(rows[0]!.id, `${header}\n${tenant(2, '28/02/1970')}`, 'a test');
    assert.equal((await services.feeds.desk.replay(rows[0]!.id, 'a test')).state, 'replayed');
  });

  test('is read by a mapping that somebody declares; a version means one content for ever', async () => {
    const full = path.join(folder, 'mapping.json');
    const declare = (mapping: object) => {
      writeFileSync(full, JSON.stringify(mapping));
      return declareMapping(services.db, services.clock, full);
    };
    const own = await declare(foodBank);
    assert.deepEqual(await declare(foodBank), own);
    const changed = { ...foodBank, dates: ['YYYY-MM-DD'] };
    await assert.rejects(declare(changed), (error) => error instanceof Problem && error.status === 409);
    const done = await load(
      'visits.csv',
      `${own.columns.join(',')}\n7,Ida,Hale,01.02.1950,03.03.2026,Parcel\n`,
      own,
    );
    assert.deepEqual([done.state, done.stored], ['loaded', 1]);
    const found = await services.search.search(services.db, {
      type: 'Encounter',
      query: [['date', 'ge2026-03-03']],
      handling: 'strict',
      baseUrl: '',
    });
    assert.equal(found.matches.length, 1);
    assert.equal((await declare({ ...changed, version: 2 })).version, 2);
    assert.deepEqual((await newestMapping(services.db, 'food-bank'))?.dates, ['YYYY-MM-DD']);
  });

  test('with missing or unknown columns is refused before anything is stored', async () => {
    const missing = await load('c.csv', 'Tenancy ref,Tenant ref\n1,2\n');
    assert.deepEqual([missing.state, missing.stored, missing.reason], ['refused', 0, 'Columns are missing.']);
    const extra = await load('d.csv', `${header},Shoe size\n`);
    assert.deepEqual([extra.state, extra.place], ['refused', 'Shoe size']);
  });

  test('that cannot be read to its end is refused, with nothing of its beginning stored', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => tenant(1000 + index));
    const done = await load('f.csv', [header, ...rows, 'TN1,"T9999'].join('\n'));
    assert.deepEqual([done.state, done.stored, done.place], ['refused', 0, 'line 1202']);
    assert.match(done.reason ?? '', /never closed\. Ask the sender/);
    const kept = await services.db.query(`select 1 from feeds.message where control_id like 'f.csv%'`);
    assert.equal(kept.length, 0);
  });

  test('of a feed that takes whole files is refused for one bad row, with nothing stored', async () => {
    const whole: Mapping = { ...housing, badRows: 'refuse-file' };
    const done = await load('e.csv', [header, tenant(51), tenant(52, '31/02/1970'), ''].join('\n'), whole);
    assert.equal(done.state, 'refused');
    assert.match(done.reason ?? '', /1 bad row/);
    assert.match(done.place ?? '', /e\.csv, line 3, DOB/);
    const rows = await services.db.query(`select 1 from feeds.message where control_id like 'e.csv%'`);
    assert.equal(rows.length, 0);
  });
});
