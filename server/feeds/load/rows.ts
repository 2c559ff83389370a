import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import {
  headerFault,
  readCsv,
  rowArrival,
  type CsvRecord,
  type Dialect,
  type Mapping,
  type RowPlace,
} from '../csv/index.ts';
import type { IntakeQueue } from '../intake/queue.ts';
import type { Arrival, FeedName, RecordMessages } from '../intake/types.ts';
import { openFile } from './file-state.ts';
import { addMapping, saveFile, type FileRow } from './store.ts';

const rowsAtOnce = 500;

export type RowLoad = {
  db: Db;
  clock: Clock;
  queue: IntakeQueue;
  feed: FeedName;
  mapping: Mapping;
  dialect: Dialect;
  file: { full: string; name: string };
  signal: AbortSignal;
  /** Puts rows on record, where accesses are. */
  record?: RecordMessages | undefined;
  /** Told of rows as they are stored. */
  stored(rows: number): void;
};

/**
 * Loads a file of rows. Gives how it ended: `loaded`, `refused` with the reason and nothing stored, or `loading` when it was asked to
 * stop. A file that was cut off goes on where it was; a row that is in already has no second effect.
 */
export async function loadRows(load: RowLoad): Promise<FileRow> {
  const { db, clock, feed, mapping, file } = load;
  const row = await openFile(db, feed, file, clock());
  if (row.state === 'loaded') return row;
  await addMapping(db, mapping, clock());
  Object.assign(row, {
    state: 'loading',
    mapping: mapping.mapping,
    version: mapping.version,
    reason: null,
    place: null,
  });
  try {
    if (row.done === 0) await checkAll(load, row);
    await storeAll(load, row);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    row.state = row.done === 0 ? 'refused' : 'loading';
    row.reason = error.wayOut === undefined ? error.message : `${error.message} ${error.wayOut}`;
    row.place = error.place ?? null;
  }
  row.changed = clock();
  await saveFile(db, row);
  return row;
}

/** Each row as an arrival. */
const arrivals = ({ feed, mapping, dialect, file, clock }: RowLoad, row: FileRow): AsyncGenerator<Arrival> =>
  rowsIn(mapping, createReadStream(file.full), dialect, {
    feed,
    fileId: row.id,
    file: file.name,
    received: clock(),
  });

/** Reads the file to its end without judging its rows. */
async function* structure({ mapping, dialect, file }: RowLoad): AsyncGenerator<undefined> {
  for await (const _record of records(mapping, createReadStream(file.full), dialect)) yield undefined;
}

/** Rows of a stream as they would be judged, told by their lines alone. Throws a Problem when the stream is no file of such rows. */
export const readRows = (
  mapping: Mapping,
  bytes: AsyncIterable<Uint8Array>,
  dialect: Dialect,
): AsyncGenerator<Arrival> =>
  rowsIn(mapping, bytes, dialect, {
    feed: { kind: 'csv', key: mapping.mapping, name: mapping.mapping, source: 'urn:openics:source:stream' },
    fileId: mapping.mapping,
    file: 'stream',
    received: new Date(0),
  });

async function* rowsIn(
  mapping: Mapping,
  bytes: AsyncIterable<Uint8Array>,
  dialect: Dialect,
  place: Omit<RowPlace, 'header'>,
): AsyncGenerator<Arrival> {
  for await (const { record, header } of records(mapping, bytes, dialect))
    yield rowArrival(mapping, record, { ...place, header });
}

/** Each row with its header, which is first compared with the mapping. */
async function* records(mapping: Mapping, bytes: AsyncIterable<Uint8Array>, dialect: Dialect) {
  let header: CsvRecord | undefined;
  for await (const record of readCsv(bytes, dialect)) {
    if (header !== undefined) yield { record, header };
    else {
      header = withoutMark(record);
      const fault = headerFault(mapping, header);
      if (fault !== undefined) throw new Problem('feeds/columns', 400, fault.reason, { place: fault.column });
    }
  }
  if (header === undefined)
    throw new Problem('feeds/empty', 400, 'The file has no header.', { place: 'line 1' });
}

const withoutMark = (record: CsvRecord): CsvRecord => {
  if (!record.text.startsWith('\uFEFF')) return record;
  return {
    ...record,
    text: record.text.slice(1),
    fields: [record.fields[0]!.slice(1).replaceAll('"', ''), ...record.fields.slice(1)],
  };
};

/**
 * Reads the whole file and stores nothing, so that what cannot be read at its end keeps its beginning out too. In a feed that takes
 * whole files one bad row refuses it.
 */
async function checkAll(load: RowLoad, row: FileRow): Promise<void> {
  const before = await stat(load.file.full);
  let bad = 0;
  let first: Arrival | undefined;
  const judges = load.mapping.badRows === 'refuse-file';
  for await (const arrival of judges ? arrivals(load, row) : structure(load)) {
    if (arrival === undefined || !('refusal' in arrival.said)) continue;
    bad += 1;
    first ??= arrival;
  }
  const now = await stat(load.file.full);
  if (now.size !== before.size || now.mtimeMs !== before.mtimeMs) {
    throw new Problem('feeds/file-changed', 400, 'The file changed while it was read.', {
      wayOut: 'Load it again when its sender has finished writing it.',
    });
  }
  if (first === undefined || !('refusal' in first.said)) return;
  const { reason, place } = first.said.refusal;
  throw new Problem(
    'feeds/bad-rows',
    400,
    `${bad} bad ${bad === 1 ? 'row' : 'rows'}, the first because: ${reason}`,
    {
      place: `${first.controlId}, ${place.segment}`,
    },
  );
}

async function storeAll(load: RowLoad, row: FileRow): Promise<void> {
  const { db, queue, clock, signal, record } = load;
  let group: Arrival[] = [];
  let read = 0;
  const write = async (): Promise<void> => {
    const fates = await Promise.all(group.map((arrival) => queue.submit({ ...arrival, record })));
    const held = fates.filter(({ state }) => state === 'dead').length;
    row.done += group.length;
    row.held += held;
    row.stored += group.length - held;
    row.changed = clock();
    load.stored(group.length);
    group = [];
    await saveFile(db, row);
  };
  for await (const arrival of arrivals(load, row)) {
    read += 1;
    if (read <= row.done) continue;
    group.push(arrival);
    if (group.length >= rowsAtOnce) await write();
    if (signal.aborted) return;
  }
  if (group.length > 0) await write();
  row.state = 'loaded';
}
