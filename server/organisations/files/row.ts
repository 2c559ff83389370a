import type { CsvRow } from './csv.ts';
import { fault } from './fault.ts';

/** One record of a file whose columns are known. What is wrong with a field is told with its line and column. */
export type Row = {
  text(column: string): string;
  /** Undefined when empty. */
  optional(column: string): string | undefined;
  code(column: string, shape: RegExp): string;
  whole(column: string, least: number, most: number): number;
  number(column: string): number;
  /** Throws, naming the line and this column. */
  refuse(column: string, text: string): never;
};

/** Makes a reader of records from the header of a file. Throws when a wanted column is not there. */
export function rowReader(file: string, header: CsvRow, wanted: readonly string[]): (record: CsvRow) => Row {
  const names = header.fields.map((name) => name.trim());
  const place = new Map(names.map((name, index) => [name, index]));
  const again = names.findIndex((name, index) => names.indexOf(name) !== index && wanted.includes(name));
  if (again >= 0) throw fault(file, header.line, 'This column is there twice.', again + 1, names[again]);
  for (const [index, column] of wanted.entries()) {
    if (!place.has(column))
      throw fault(file, header.line, `The column ${column} is missing.`, index + 1, header.fields[index]);
  }
  const width = header.fields.length;
  return (record) => {
    if (record.fields.length !== width) {
      const text = `This line has ${record.fields.length} columns; the header has ${width}.`;
      throw fault(file, record.line, text, Math.min(record.fields.length, width) + 1);
    }
    return new Record(file, record, place);
  };
}

class Record implements Row {
  readonly #file: string;
  readonly #record: CsvRow;
  readonly #place: ReadonlyMap<string, number>;

  constructor(file: string, record: CsvRow, place: ReadonlyMap<string, number>) {
    this.#file = file;
    this.#record = record;
    this.#place = place;
  }

  optional(column: string): string | undefined {
    const field = this.#record.fields[this.#place.get(column) ?? -1]?.trim();
    return field === '' ? undefined : field;
  }

  text(column: string): string {
    return this.optional(column) ?? this.refuse(column, 'This field is empty.');
  }

  code(column: string, shape: RegExp): string {
    const text = this.text(column);
    return shape.test(text) ? text : this.refuse(column, 'This is no code of the kind that belongs here.');
  }

  whole(column: string, least: number, most: number): number {
    const text = this.text(column);
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < least || value > most)
      return this.refuse(column, `This is no whole number from ${least} to ${most}.`);
    return value;
  }

  number(column: string): number {
    const value = Number(this.text(column));
    return Number.isFinite(value) ? value : this.refuse(column, 'This is no number.');
  }

  refuse(column: string, text: string): never {
    throw fault(this.#file, this.#record.line, text, (this.#place.get(column) ?? 0) + 1, column);
  }
}
