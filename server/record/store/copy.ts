import { copyMessage, CopyRows, type CopyPart, type Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { resourceColumns } from './stamp.ts';
import { toBigInt, type Wording } from '../search/index.ts';
import type { SideRows } from './batch.ts';
import type { Tallies } from './tallies.ts';

/** The binary rows to be written to each table, from all batches of a transaction. */
export type Copies = {
  resources: Buffer[];
  keys: CopyRows;
  strings: Buffer[];
  dates: Buffer[];
  numbers: Buffer[];
};

export const emptyCopies = (): Copies => ({
  resources: [],
  keys: new CopyRows(),
  strings: [],
  dates: [],
  numbers: [],
});

const copy = (table: string, columns: string): string =>
  `copy record.${table} (${columns}) from stdin (format binary)`;

const statements = {
  resources: copy('resource', resourceColumns),
  keys: copy('resource_key', 'rid, type, patient_id'),
  strings: copy('search_string', 'patient_id, type, rid, param, value, exact'),
  dates: copy('search_date', 'patient_id, type, rid, param, qualifier, low, high'),
  carried: copy('patient_combination', 'patient_id, combination'),
  numbers: copy('search_number', 'patient_id, type, rid, param, qualifier, unit, low, high'),
};

export const tallyCopy = copy('tally', 'token, id, n');

/** The rows of a search table whose owner is written. */
export function sideRows(side: SideRows, written: (row: number) => boolean): Buffer[] {
  return side.copy.ranges((index) => written(side.owners[index]!));
}

/** What to send to which table; empty tables are passed over. */
export function copyParts(copies: Copies, tallies: Tallies, carried: CopyRows): CopyPart[] {
  const parts: [string, Buffer[]][] = [
    [statements.keys, copies.keys.ranges()],
    [statements.resources, copies.resources],
    [statements.strings, copies.strings],
    [statements.dates, copies.dates],
    [statements.numbers, copies.numbers],
    [statements.carried, carried.ranges()],
    [tallyCopy, tallyRows(tallies).ranges()],
  ];
  return parts
    .filter(([, rows]) => rows.length > 0)
    .map(([statement, rows]) => ({ statement, data: copyMessage(rows) }));
}

function tallyRows(tallies: Tallies): CopyRows {
  const rows = new CopyRows();
  const id = newId();
  tallies.forEach((high, low, change) => {
    rows.startRow(3);
    rows.int8Halves(high, low);
    rows.uuid(id);
    rows.int8(change);
  });
  return rows;
}

/** Adds wordings to the dictionary. */
export async function addWordings(tx: Tx, wordings: readonly Wording[]): Promise<void> {
  if (wordings.length === 0) return;
  await tx.query(
    `insert into record.token_text (token, type, param, value)
     select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::text[])
     on conflict (token) do nothing`,
    [
      wordings.map((wording) => toBigInt(wording.hi, wording.lo).toString()),
      wordings.map((wording) => wording.type),
      wordings.map((wording) => wording.param),
      wordings.map((wording) => wording.value),
    ],
  );
}
