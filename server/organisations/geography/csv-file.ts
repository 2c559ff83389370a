import type { Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { OrganisationSaid } from '../directory/said.ts';
import { odsSystem } from '../names.ts';
import { identifiersOf } from '../store/identify.ts';
import { readCsv, type CsvRow } from '../files/csv.ts';
import { fault } from '../files/fault.ts';
import { rowReader, type Row } from '../files/row.ts';
import { postcodeShape } from './shape-postcodes.ts';
import { knownShapes } from './shapes-known.ts';
import { areaShapes, type Shape } from './shapes.ts';
import type { Loading } from './sink.ts';

const shapes: readonly Shape[] = [...areaShapes, ...knownShapes, postcodeShape];

/**
 * The shape of a CSV file, by its name, else by its columns, and where it stands in the order of loading. Undefined when it is another
 * file and that is allowed.
 */
export async function shapeOf(
  file: string,
  name: string,
  mayBeOther: boolean,
): Promise<{ shape: Shape; order: number } | undefined> {
  const header = await headerOf(file, name);
  const byName = shapes.findIndex(({ named }) => named.test(name));
  const byColumns = shapes.findIndex(({ columns }) =>
    columns.every((column) => header.fields.some((field) => field.trim() === column)),
  );
  const order = byName >= 0 ? byName : byColumns;
  if (order >= 0) {
    const shape = shapes[order]!;
    rowReader(name, header, shape.columns);
    return { shape, order };
  }
  if (mayBeOther) return undefined;
  throw new Problem('organisations/file-unknown', 400, 'These are not the columns of a geography file.', {
    place: `${name}, line 1, column 1 (${header.fields[0] ?? ''})`,
    wayOut: `Known are: ${shapes.map(({ title }) => title).join('; ')}.`,
  });
}

async function headerOf(file: string, name: string): Promise<CsvRow> {
  for await (const rows of readCsv(file, name)) if (rows[0] !== undefined) return rows[0];
  throw fault(name, 1, 'This file is empty.');
}

/** Reads a CSV file into the tables. */
export async function readCsvFile(
  tx: Tx,
  file: string,
  name: string,
  shape: Shape,
  { sink, save }: Loading,
): Promise<void> {
  const bodies = await identifiersOf(tx, odsSystem);
  const organisations: OrganisationSaid[] = [];
  const body = (row: Row, column: string): string =>
    bodies.get(row.text(column)) ??
    row.refuse(column, 'No body with this code is known. Load the file of bodies first.');
  const add = shape.reader({ sink, organisations, body });
  const seen = new Map<string, number>();
  let toRow: ((record: CsvRow) => Row) | undefined;
  let rows = 0;
  for await (const records of readCsv(file, name)) {
    for (const record of records) {
      if (toRow === undefined) {
        toRow = rowReader(name, record, shape.columns);
        continue;
      }
      const row = toRow(record);
      rows++;
      refuseRepeats(row, shape.key, record.line, seen);
      add(row);
    }
    await sink.flushIfLarge();
  }
  if (rows === 0) throw fault(name, 1, 'There are no rows below the header.');
  if (organisations.length > 0) await save(organisations);
}

function refuseRepeats(row: Row, key: readonly string[], line: number, seen: Map<string, number>): void {
  if (key.length === 0) return;
  const text = key.map((column) => row.text(column)).join(' ');
  const earlier = seen.get(text);
  if (earlier !== undefined) row.refuse(key[0]!, `This was said on line ${earlier} already.`);
  seen.set(text, line);
}
