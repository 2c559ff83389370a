import { closeSync, openSync, readSync } from 'node:fs';
import { TableBuilder, type Table } from '../batch/table.ts';
import { normalise } from '../normalise/index.ts';
import { forEachRow, RowFault } from './csv.ts';
import { rowReader } from './particulars.ts';
import { rowProblem, textOf, type FilePiece } from './plan.ts';

/** Reads and normalises the rows of a piece. A row without an id is called by its line. */
export function readPiece({ plan, from, to, firstLine, hasHeader, source }: FilePiece): Table {
  const bytes = Buffer.allocUnsafe(to - from);
  const handle = openSync(plan.file, 'r');
  try {
    readSync(handle, bytes, 0, bytes.length, from);
  } finally {
    closeSync(handle);
  }
  const text = textOf(bytes, plan.encoding, plan.name);
  const read = rowReader(plan.meanings, plan.monthFirst);
  const builder = new TableBuilder();
  let isHeader = hasHeader;
  try {
    forEachRow(text, plan.separator, firstLine, (fields, line) => {
      if (isHeader) {
        isHeader = false;
        return;
      }
      if (fields.length !== plan.header.length) throw new RowFault('fields', line, fields.length);
      const { id, particulars } = read(fields);
      builder.add(id ?? `line ${line}`, normalise(particulars), source);
    });
  } catch (error) {
    throw rowProblem(error, plan.name, plan.header.length);
  }
  return builder.table();
}
