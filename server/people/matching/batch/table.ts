import { listFields, textFields, type ListField, type Normalised, type TextField } from '../types.ts';
import { domainOf } from './domains.ts';
import { joined, packed, reader, WordGatherer, type Words } from './words.ts';

type Ints = Int32Array<SharedArrayBuffer>;

/** Normalised records as columns of numbers that threads share. -1 stands for no value. */
export type Table = {
  count: number;
  text: { [field in TextField]?: Ints };
  list: { [field in ListField]?: { start: Ints; items: Ints } };
  words: { [domain: string]: Words };
  /** The text columns once more, record by record, in the order of `fields`: what is read together lies together. */
  rows: { values: Ints; fields: TextField[] };
  /** The records' own ids, in order. */
  ids: Words;
  /** Which file each record came from. */
  source: Uint8Array<SharedArrayBuffer>;
};

/** Takes records one by one and makes a table of them. Columns that stay empty are left out. */
export class TableBuilder {
  private count = 0;
  private readonly text = new Map<TextField, number[]>();
  private readonly lists = new Map<ListField, { start: number[]; items: number[] }>();
  private readonly gatherers = new Map<string, WordGatherer>();
  private readonly ids: string[] = [];
  private readonly sources: number[] = [];

  add(id: string, record: Normalised, source: number): void {
    for (const field of textFields) {
      const value = record[field];
      if (value === undefined) continue;
      let column = this.text.get(field);
      if (column === undefined) this.text.set(field, (column = []));
      while (column.length < this.count) column.push(-1);
      column.push(this.gatherer(domainOf(field)).numberOf(value));
    }
    for (const field of listFields) {
      const values = record[field];
      if (values === undefined || values.length === 0) continue;
      let column = this.lists.get(field);
      if (column === undefined) this.lists.set(field, (column = { start: [], items: [] }));
      while (column.start.length <= this.count) column.start.push(column.items.length);
      const gatherer = this.gatherer(domainOf(field));
      for (const value of values) column.items.push(gatherer.numberOf(value));
    }
    this.ids.push(id);
    this.sources.push(source);
    this.count++;
  }

  private gatherer(domain: string): WordGatherer {
    let gatherer = this.gatherers.get(domain);
    if (gatherer === undefined) this.gatherers.set(domain, (gatherer = new WordGatherer()));
    return gatherer;
  }

  table(): Table {
    const table: Table = {
      count: this.count,
      text: {},
      list: {},
      words: {},
      rows: { values: ints(0), fields: [] },
      ids: packed(this.ids.map(plainId)),
      source: new Uint8Array(new SharedArrayBuffer(this.count)),
    };
    table.source.set(this.sources);
    for (const [field, column] of this.text) {
      const values = ints(this.count).fill(-1);
      values.set(column);
      table.text[field] = values;
    }
    for (const [field, { start, items }] of this.lists) {
      const starts = ints(this.count + 1).fill(items.length);
      starts.set(start);
      const values = ints(items.length);
      values.set(items);
      table.list[field] = { start: starts, items: values };
    }
    for (const [domain, gatherer] of this.gatherers) table.words[domain] = packed(gatherer.texts);
    return { ...table, rows: byRecord(table.text, table.count) };
  }
}

/** Ids may hold any letter; they are kept as the bytes of UTF-8. */
const plainId = (id: string): string => Buffer.from(id, 'utf8').toString('latin1');

const ints = (count: number): Ints => new Int32Array(new SharedArrayBuffer(4 * count));

/** Puts tables one after another. */
export function concatenated(parts: readonly Table[]): Table {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const domains = new Set(parts.flatMap((part) => Object.keys(part.words)));
  const words: Table['words'] = {};
  const moves = new Map<string, Map<Table, Int32Array>>();
  for (const domain of domains) {
    const holding = parts.filter((part) => part.words[domain] !== undefined);
    const whole = joined(holding.map((part) => part.words[domain]!));
    words[domain] = whole.words;
    moves.set(domain, new Map(holding.map((part, index) => [part, whole.moved[index]!])));
  }
  const text: Table['text'] = {};
  for (const field of textFields) {
    if (parts.every((part) => part.text[field] === undefined)) continue;
    const column = ints(count).fill(-1);
    let at = 0;
    for (const part of parts) {
      const from = part.text[field];
      const moved = moves.get(domainOf(field))?.get(part);
      if (from !== undefined && moved !== undefined) {
        for (let i = 0; i < part.count; i++) if (from[i]! >= 0) column[at + i] = moved[from[i]!]!;
      }
      at += part.count;
    }
    text[field] = column;
  }
  const list: Table['list'] = {};
  for (const field of listFields) {
    if (parts.some((part) => part.list[field] !== undefined))
      list[field] = joinedLists(parts, field, count, moves.get(domainOf(field))!);
  }
  const source = new Uint8Array(new SharedArrayBuffer(count));
  let at = 0;
  for (const part of parts) {
    source.set(part.source, at);
    at += part.count;
  }
  return {
    count,
    text,
    list,
    words,
    source,
    rows: byRecord(text, count),
    ids: endToEnd(parts.map((part) => part.ids)),
  };
}

function byRecord(text: Table['text'], count: number): Table['rows'] {
  const fields = textFields.filter((field) => text[field] !== undefined);
  const values = ints(count * fields.length);
  fields.forEach((field, place) => {
    const column = text[field]!;
    for (let row = 0; row < count; row++) values[row * fields.length + place] = column[row]!;
  });
  return { values, fields };
}

function joinedLists(
  parts: readonly Table[],
  field: ListField,
  count: number,
  moved: Map<Table, Int32Array>,
): { start: Ints; items: Ints } {
  const start = ints(count + 1);
  const items = ints(parts.reduce((sum, part) => sum + (part.list[field]?.items.length ?? 0), 0));
  let record = 0;
  let item = 0;
  for (const part of parts) {
    const column = part.list[field];
    const numbers = moved.get(part);
    for (let i = 0; i < part.count; i++) {
      start[record++] = item;
      if (column === undefined || numbers === undefined) continue;
      for (let k = column.start[i]!; k < column.start[i + 1]!; k++)
        items[item++] = numbers[column.items[k]!]!;
    }
  }
  start[count] = item;
  return { start, items };
}

function endToEnd(parts: readonly Words[]): Words {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const bytes = new Uint8Array(
    new SharedArrayBuffer(parts.reduce((sum, part) => sum + part.start[part.count]!, 0)),
  );
  const start = ints(count + 1);
  let record = 0;
  let at = 0;
  for (const part of parts) {
    bytes.set(part.bytes, at);
    for (let i = 0; i < part.count; i++) start[record++] = at + part.start[i]!;
    at += part.start[part.count]!;
  }
  start[count] = at;
  return { bytes, start, count };
}

/** Reads records back out of a table, to show or to test. */
export function recordReader(table: Table): (index: number) => Normalised {
  const readers = new Map(Object.entries(table.words).map(([domain, words]) => [domain, reader(words)]));
  return (index) => {
    const record: Normalised = {};
    for (const field of textFields) {
      const number = table.text[field]?.[index] ?? -1;
      if (number >= 0) record[field] = readers.get(domainOf(field))!(number);
    }
    for (const field of listFields) {
      const column = table.list[field];
      if (column === undefined) continue;
      const items = [...column.items.subarray(column.start[index], column.start[index + 1])];
      if (items.length > 0) record[field] = items.map(readers.get(domainOf(field))!);
    }
    return record;
  };
}

/** The id of a record as it stood in its file. */
export function idOf(table: Table, index: number): string {
  const { bytes, start } = table.ids;
  return Buffer.from(bytes.buffer, start[index], start[index + 1]! - start[index]!).toString('utf8');
}
