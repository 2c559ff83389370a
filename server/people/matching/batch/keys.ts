import type { BlockingRule, KeyPart } from '../model/types.ts';
import type { Field } from '../types.ts';
import { domainOf } from './domains.ts';
import type { Table } from './table.ts';
import { hash, type Words } from './words.ts';

/** The keys a rule gives: key k belongs to record `record[k]`. A record has as many as its lists have values. */
export type RuleKeys = {
  key: Uint32Array;
  record: Int32Array;
  /** The most keys that one record has. */
  most: number;
};

/** More values of one list than this are not used as keys. */
const mostValues = 6;

/** The keys of all records by one rule, or nothing where the table lacks one of its fields. */
export function ruleKeys(table: Table, rule: BlockingRule, hashes: Hashes): RuleKeys | undefined {
  const parts = rule.parts.map((part) => partColumn(table, part, hashes));
  if (parts.some((part) => part === undefined)) return undefined;
  const columns = parts.filter((part) => part !== undefined);
  const single = columns.filter((column) => column.kind === 'one');
  const [several, other] = columns.filter((column) => column.kind === 'list');
  if (other !== undefined) throw new Error(`${rule.name}: only one part of a key may be a list.`);
  const room = table.count * (several === undefined ? 1 : mostValues);
  const key = new Uint32Array(room);
  const record = new Int32Array(room);
  let entries = 0;
  let most = 0;
  for (let row = 0; row < table.count; row++) {
    const base = baseKey(single, row);
    if (base === 0) continue;
    if (several === undefined) {
      key[entries] = base;
      record[entries++] = row;
      most = 1;
      continue;
    }
    const values = several.all(row);
    most = Math.max(most, values.length);
    for (const value of values) {
      key[entries] = notZero(mix(base, value));
      record[entries++] = row;
    }
  }
  return { key: key.slice(0, entries), record: record.slice(0, entries), most };
}

/** The key of the parts that have one value; 0 where one of them is missing. */
function baseKey(columns: readonly Extract<Column, { kind: 'one' }>[], row: number): number {
  let base = 0x9747b28c;
  for (const column of columns) {
    const value = column.at(row);
    if (value === 0) return 0;
    base = mix(base, value);
  }
  return notZero(base);
}

type Column = { kind: 'one'; at(row: number): number } | { kind: 'list'; all(row: number): number[] };

/** What a part adds to a record's key; 0 stands for nothing there. */
export function partColumn(table: Table, part: KeyPart, hashes: Hashes): Column | undefined {
  if ('sorted' in part) {
    const [one, two] = part.sorted.map((field) => table.text[field]);
    if (one === undefined || two === undefined) return undefined;
    const of = hashes(part.sorted[0], undefined);
    return {
      kind: 'one',
      at(row) {
        if (one[row]! < 0 || two[row]! < 0) return 0;
        const [a, b] = [of[one[row]!]!, of[two[row]!]!];
        return notZero(a < b ? mix(a, b) : mix(b, a));
      },
    };
  }
  const { field, letters } = part;
  if (field in table.text) {
    const column = table.text[field as keyof Table['text']]!;
    const of = hashes(field, letters);
    return { kind: 'one', at: (row) => (column[row]! < 0 ? 0 : of[column[row]!]!) };
  }
  const list = table.list[field as keyof Table['list']];
  if (list === undefined) return undefined;
  const of = hashes(field, letters);
  return {
    kind: 'list',
    all(row) {
      const found: number[] = [];
      const end = Math.min(list.start[row + 1]!, list.start[row]! + mostValues);
      for (let k = list.start[row]!; k < end; k++) {
        const value = of[list.items[k]!]!;
        if (!found.includes(value)) found.push(value);
      }
      return found;
    },
  };
}

/** The hash of each value of a field, or of its first letters. */
export type Hashes = (field: Field, letters: number | undefined) => Uint32Array;

/** Hashes each distinct value of a table once. */
export function hashesOf(table: Table): Hashes {
  const made = new Map<string, Uint32Array>();
  return (field, letters) => {
    const domain = domainOf(field);
    const name = `${domain} ${letters ?? ''}`;
    let hashes = made.get(name);
    if (hashes === undefined) made.set(name, (hashes = hashAll(table.words[domain]!, letters)));
    return hashes;
  };
}

function hashAll({ bytes, start, count }: Words, letters: number | undefined): Uint32Array {
  return Uint32Array.from({ length: count }, (_, number) => {
    const from = start[number]!;
    const end = start[number + 1]!;
    return notZero(hash(bytes, from, letters === undefined ? end : Math.min(end, from + letters)));
  });
}

export const notZero = (value: number): number => (value === 0 ? 1 : value >>> 0);

export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ (b >>> 15), 0x2c1b3c6d) ^ Math.imul(b, 0x297a2d39);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
