import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../server/platform/errors.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate, openDb } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { loadRows, readRows, shippedMappings, type RowMapping } from '../server/feeds/index.ts';
import { floors, manifest } from '../server/manifest.ts';
import { createServices } from '../server/services.ts';
import { bytesOfPiece, endless, madeRow, rowPieces } from './rows.ts';

const gigabyte = 1024 ** 3;
const dialect = { delimiter: ',', encoding: 'utf-8' };

/**
 * Files of rows at size: many gigabytes pass the reader and its mapping in bounded memory, a row without an end is refused with its
 * line, and a file that is wrong at its end leaves nothing behind.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options: { gigabytes: { type: 'string', default: '10' } } });
  const size = Number(values.gigabytes) * gigabyte;
  const mapping = shippedMappings().find((each) => each.mapping === 'voluntary-befriending')!;
  const held = [
    await isReadWhole(mapping, size),
    await isRefusedEarly(mapping, size, '"', 'feeds/quote'),
    await isRefusedEarly(mapping, size, '', 'feeds/long-row'),
    await areRefused(mapping),
    await leavesNothing(mapping),
  ];
  return held.every((each) => each);
}

const peakMegabytes = (): string => (process.resourceUsage().maxRSS / 1024).toFixed(0);

async function isReadWhole(mapping: RowMapping, size: number): Promise<boolean> {
  const before = peakMegabytes();
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const pieces = Math.ceil(size / bytesOfPiece(mapping));
  let expected = 0;
  let read = 0;
  let refused = 0;
  let bytes = 0;
  const source = (async function* () {
    for (const piece of rowPieces(mapping, pieces)) {
      expected += piece.rows;
      bytes += piece.bytes.length;
      yield piece.bytes;
    }
  })();
  for await (const arrival of readRows(mapping, source, dialect)) {
    read += 1;
    if ('refusal' in arrival.said) refused += 1;
  }
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  console.log(
    `${(bytes / gigabyte).toFixed(1)} GB of rows: ${read} rows read and mapped, ${refused} refused, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s, ${(read / seconds).toFixed(0)} rows/s (${((cpuSeconds * 1e6) / read).toFixed(0)} µs of processor time a row), at most ${peakMegabytes()} MB of memory (${before} MB before).`,
  );
  return read === expected && refused === 0;
}

/** One row of that size, or as much of it as is looked at. */
async function isRefusedEarly(
  mapping: RowMapping,
  size: number,
  opening: string,
  code: string,
): Promise<boolean> {
  let sent = 0;
  const source = (async function* () {
    for (const piece of endless(mapping, size, opening)) {
      sent += piece.length;
      yield piece;
    }
  })();
  const found = await problemOf(mapping, source);
  console.log(
    `One row of ${(size / gigabyte).toFixed(1)} GB${opening === '' ? '' : ' in a quote never closed'}: ${wordsOf(found)} ${(sent / 2 ** 20).toFixed(1)} MiB were read, at most ${peakMegabytes()} MB of memory.`,
  );
  return found?.code === code && found.place === 'line 2' && sent < 16 * 2 ** 20;
}

async function problemOf(
  mapping: RowMapping,
  source: AsyncIterable<Uint8Array>,
): Promise<Problem | undefined> {
  try {
    for await (const _arrival of readRows(mapping, source, dialect));
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

const wordsOf = (problem: Problem | undefined): string =>
  problem === undefined
    ? 'taken.'
    : `refused at ${problem.place ?? 'no place'}: ${problem.message} ${problem.wayOut ?? ''}`.trim();

/** Files that are wrong in encoding, quotes or columns. */
async function areRefused(mapping: RowMapping): Promise<boolean> {
  const header = mapping.columns.join(',');
  const cases: [what: string, bytes: Buffer, code: string][] = [
    ['not in its encoding', Buffer.from(`${header}\n${madeRow(1, 'Siân')}\n`, 'latin1'), 'feeds/encoding'],
    ['in UTF-16', Buffer.from(`\uFEFF${header}\n`, 'utf16le'), 'feeds/encoding'],
    ['a quote never closed', Buffer.from(`${header}\n${madeRow(1)}\n"${madeRow(2)}\n`), 'feeds/quote'],
    ['a column missing', Buffer.from(`${mapping.columns.slice(1).join(',')}\n`), 'feeds/columns'],
    ['a column too many', Buffer.from(`${header},Shoe size\n`), 'feeds/columns'],
    ['a column twice', Buffer.from(`${header},${mapping.columns[0]}\n`), 'feeds/columns'],
    ['empty', Buffer.alloc(0), 'feeds/empty'],
  ];
  let held = true;
  for (const [what, bytes, code] of cases) {
    const found = await problemOf(
      mapping,
      (async function* () {
        yield bytes;
      })(),
    );
    console.log(`A file ${what}: ${wordsOf(found)}`);
    held &&= found?.code === code;
  }
  return held;
}

/** Loads a file from disk whose last row cannot be read. */
async function leavesNothing(mapping: RowMapping): Promise<boolean> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'openics-rows-'));
  const dataDir = path.join(work, 'data');
  const full = path.join(work, 'rows.csv');
  writeFileSync(full, '');
  for (const piece of rowPieces(mapping, 64)) writeFileSync(full, piece.bytes, { flag: 'a' });
  writeFileSync(full, '"the end', { flag: 'a' });
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    await migrate(db, { floors, manifest });
    const services = await createServices(db, systemClock);
    const row = await loadRows({
      db,
      clock: systemClock,
      queue: services.feeds.queue,
      feed: { kind: 'csv', key: 'rows', name: 'Rows', source: 'urn:openics:source:rows' },
      mapping,
      dialect,
      file: { full, name: 'rows.csv' },
      signal: new AbortController().signal,
      stored: () => undefined,
    });
    await services.validator.stop();
    const [kept] = await db.query<{ n: number }>('select count(*) as n from feeds.message');
    console.log(
      `A file of ${(statSync(full).size / 2 ** 20).toFixed(0)} MiB that is wrong in its last row: ${row.state} at ${row.place}; ${kept!.n} rows of it stored.`,
    );
    return row.state === 'refused' && kept!.n === 0;
  } finally {
    await db.close();
    await opened.stop();
    removeDataDir(dataDir);
    rmSync(work, { recursive: true, force: true });
  }
}
