import type { BlockingRule, KeyPart, Model } from '../model/types.ts';
import { hashesOf, mix, notZero, partColumn, ruleKeys, type Hashes, type RuleKeys } from './keys.ts';
import { sortByKey } from './sort.ts';
import type { Table } from './table.ts';

type Ints = Int32Array<SharedArrayBuffer>;

/** The blocks of one rule: block b holds `record[start[b]]` to `record[start[b + 1] - 1]`. */
export type RuleBlocks = {
  rule: string;
  record: Ints;
  start: Ints;
  /** The key that made each block. */
  blockKeys: Uint32Array<SharedArrayBuffer>;
  blocks: number;
  pairs: number;
  /** Records in blocks too big to compare, even when split. */
  dropped: number;
  /** The keys each record ended with, 0 for none: record r has `keys[keyStart[r]]` on. */
  keyStart: Ints;
  keys: Uint32Array<SharedArrayBuffer>;
};

/** What splits a block that is too big, in turn. */
const refinements: readonly KeyPart[] = [
  { field: 'birthYear' },
  { field: 'given', letters: 1 },
  { field: 'familySound' },
  { field: 'sex' },
];

/**
 * Groups records that may be one person. Each rule compares its smallest blocks first, up to its share of pairs: rare
 * values say most. Bigger blocks are split by more fields, and dropped when that does not help.
 */
export function blocksOf(table: Table, model: Model, pairsPerRule: number): RuleBlocks[] {
  const hashes = hashesOf(table);
  return model.blocking.flatMap((rule) => {
    const keys = ruleKeys(table, rule, hashes);
    return keys === undefined ? [] : [blocksOfRule(table, rule, keys, hashes, pairsPerRule)];
  });
}

const pairsIn = (size: number): number => (size * (size - 1)) / 2;

function blocksOfRule(
  table: Table,
  rule: BlockingRule,
  keys: RuleKeys,
  hashes: Hashes,
  mostPairs: number,
): RuleBlocks {
  const { key, record } = keys;
  let order = sortByKey(key);
  const used = new Set(rule.parts.flatMap((part) => ('sorted' in part ? part.sorted : [part.field])));
  for (const part of refinements) {
    if ('sorted' in part || used.has(part.field)) continue;
    const column = partColumn(table, part, hashes);
    if (column === undefined || column.kind === 'list') continue;
    const largest = largestBlock(key, order, mostPairs);
    let changed = false;
    forEachBlock(key, order, (from, to) => {
      if (to - from <= largest || key[order[from]!] === 0) return;
      changed = true;
      for (let k = from; k < to; k++) {
        const entry = order[k]!;
        const value = column.at(record[entry]!);
        key[entry] = value === 0 ? 0 : notZero(mix(key[entry]!, value));
      }
    });
    if (!changed) break;
    order = sortByKey(key);
  }
  const largest = largestBlock(key, order, mostPairs);
  let dropped = 0;
  forEachBlock(key, order, (from, to) => {
    if (to - from <= largest) return;
    dropped += to - from;
    for (let k = from; k < to; k++) key[order[k]!] = 0;
  });
  return { rule: rule.name, dropped, ...laidOut(table.count, key, record, order) };
}

/** The size up to which all blocks together stay within the share of pairs. */
function largestBlock(key: Uint32Array, order: Int32Array, mostPairs: number): number {
  const blocksOfSize = new Map<number, number>();
  forEachBlock(key, order, (from, to) => {
    if (key[order[from]!] !== 0) blocksOfSize.set(to - from, (blocksOfSize.get(to - from) ?? 0) + 1);
  });
  let pairs = 0;
  let largest = 1;
  for (const [size, count] of [...blocksOfSize].sort((a, b) => a[0] - b[0])) {
    pairs += pairsIn(size) * count;
    if (pairs > mostPairs) break;
    largest = size;
  }
  return largest;
}

function forEachBlock(key: Uint32Array, order: Int32Array, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < order.length;) {
    const value = key[order[from]!];
    let to = from + 1;
    while (to < order.length && key[order[to]!] === value) to++;
    visit(from, to);
    from = to;
  }
}

function laidOut(
  count: number,
  key: Uint32Array,
  record: Int32Array,
  order: Int32Array,
): Pick<RuleBlocks, 'record' | 'start' | 'blockKeys' | 'blocks' | 'pairs' | 'keyStart' | 'keys'> {
  const members = new Int32Array(new SharedArrayBuffer(4 * order.length));
  const starts: number[] = [];
  const made: number[] = [];
  let filled = 0;
  let pairs = 0;
  forEachBlock(key, order, (from, to) => {
    if (to - from < 2 || key[order[from]!] === 0) return;
    starts.push(filled);
    made.push(key[order[from]!]!);
    pairs += pairsIn(to - from);
    for (let k = from; k < to; k++) members[filled++] = record[order[k]!]!;
  });
  starts.push(filled);
  const start = new Int32Array(new SharedArrayBuffer(4 * starts.length));
  start.set(starts);
  const blockKeys = new Uint32Array(new SharedArrayBuffer(4 * made.length));
  blockKeys.set(made);
  const keyStart = new Int32Array(new SharedArrayBuffer(4 * (count + 1)));
  const keys = new Uint32Array(new SharedArrayBuffer(4 * key.length));
  keys.set(key);
  let entry = 0;
  for (let row = 0; row < count; row++) {
    keyStart[row] = entry;
    while (entry < record.length && record[entry] === row) entry++;
  }
  keyStart[count] = entry;
  return { record: members, start, blockKeys, blocks: starts.length - 1, pairs, keyStart, keys };
}
