import type { BlockingRule, KeyPart } from '../model/types.ts';
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
  /** The keys each record ended with. */
  ends: RuleKeys;
};

/** All blocks, and beside them the keys each record ended with. */
export type Blocks = {
  rules: RuleBlocks[];
  /**
   * Keys by record: record r has `slots` places from r * slots on, those of rule k from `firstSlot[k]` to before
   * `firstSlot[k + 1]`; 0 stands for none. What is read together lies together.
   */
  keys: Uint32Array<SharedArrayBuffer>;
  slots: number;
  firstSlot: number[];
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
export function blocksOfRules(
  table: Table,
  rules: readonly BlockingRule[],
  pairsPerRule: number,
): RuleBlocks[] {
  const hashes = hashesOf(table);
  return rules.flatMap((rule) => {
    const keys = ruleKeys(table, rule, hashes);
    return keys === undefined ? [] : [blocksOfRule(table, rule, keys, hashes, pairsPerRule)];
  });
}

/** Puts the blocks of all rules together, in the order of the rules. */
export const allBlocks = (count: number, rules: RuleBlocks[]): Blocks => ({
  rules,
  ...keysByRecord(count, rules),
});

function keysByRecord(
  count: number,
  rules: readonly RuleBlocks[],
): Pick<Blocks, 'keys' | 'slots' | 'firstSlot'> {
  const firstSlot = [0];
  for (const { ends } of rules) firstSlot.push(firstSlot.at(-1)! + ends.most);
  const slots = firstSlot.at(-1)!;
  const keys = new Uint32Array(new SharedArrayBuffer(4 * count * slots));
  rules.forEach(({ ends: { key, record } }, rule) => {
    let last = -1;
    let slot = 0;
    for (let entry = 0; entry < key.length; entry++) {
      const row = record[entry]!;
      slot = row === last ? slot + 1 : firstSlot[rule]!;
      last = row;
      keys[row * slots + slot] = key[entry]!;
    }
  });
  return { keys, slots, firstSlot };
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
  let entries = sortByKey(key);
  const used = new Set(rule.parts.flatMap((part) => ('sorted' in part ? part.sorted : [part.field])));
  for (const part of refinements) {
    if ('sorted' in part || used.has(part.field)) continue;
    const column = partColumn(table, part, hashes);
    if (column === undefined || column.kind === 'list') continue;
    const { order, sorted } = entries;
    const largest = largestBlock(sorted, mostPairs);
    let changed = false;
    forEachBlock(sorted, (from, to) => {
      if (to - from <= largest) return;
      changed = true;
      for (let k = from; k < to; k++) {
        const entry = order[k]!;
        const value = column.at(record[entry]!);
        key[entry] = value === 0 ? 0 : notZero(mix(key[entry]!, value));
      }
    });
    if (!changed) break;
    entries = sortByKey(key);
  }
  const { order, sorted } = entries;
  const largest = largestBlock(sorted, mostPairs);
  let dropped = 0;
  forEachBlock(sorted, (from, to) => {
    if (to - from <= largest) return;
    dropped += to - from;
    for (let k = from; k < to; k++) key[order[k]!] = 0;
    sorted.fill(0, from, to);
  });
  return {
    rule: rule.name,
    dropped,
    ends: { ...keys, key: sharedKeys(key), record: sharedInts(record) },
    ...laidOut(record, order, sorted),
  };
}

/** The size up to which all blocks together stay within the share of pairs. */
function largestBlock(sorted: Uint32Array, mostPairs: number): number {
  const blocksOfSize = new Map<number, number>();
  let ofTwo = 0;
  forEachBlock(sorted, (from, to) => {
    if (to - from === 2) ofTwo++;
    else if (to - from > 2) blocksOfSize.set(to - from, (blocksOfSize.get(to - from) ?? 0) + 1);
  });
  let pairs = 0;
  let largest = 1;
  const sizes = [...blocksOfSize, [2, ofTwo] as const].sort((a, b) => a[0] - b[0]);
  for (const [size, count] of sizes) {
    pairs += pairsIn(size) * count;
    if (pairs > mostPairs) break;
    largest = size;
  }
  return largest;
}

/** Visits the stretches of equal keys; 0, which stands for no key, is passed over. */
function forEachBlock(sorted: Uint32Array, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from];
    let to = from + 1;
    while (to < sorted.length && sorted[to] === value) to++;
    if (value !== 0) visit(from, to);
    from = to;
  }
}

function laidOut(
  record: Int32Array,
  order: Int32Array,
  sorted: Uint32Array,
): Pick<RuleBlocks, 'record' | 'start' | 'blockKeys' | 'blocks' | 'pairs'> {
  const members: number[] = [];
  const starts: number[] = [];
  const made: number[] = [];
  let pairs = 0;
  const visit = (from: number, to: number): void => {
    if (to - from < 2) return;
    starts.push(members.length);
    made.push(sorted[from]!);
    pairs += pairsIn(to - from);
    for (let k = from; k < to; k++) members.push(record[order[k]!]!);
  };
  forEachBlock(sorted, visit);
  starts.push(members.length);
  return {
    record: sharedInts(members),
    start: sharedInts(starts),
    blockKeys: sharedKeys(made),
    blocks: starts.length - 1,
    pairs,
  };
}

function sharedInts(values: ArrayLike<number>): Ints {
  const copy = new Int32Array(new SharedArrayBuffer(4 * values.length));
  copy.set(values);
  return copy;
}

function sharedKeys(values: ArrayLike<number>): Uint32Array<SharedArrayBuffer> {
  const copy = new Uint32Array(new SharedArrayBuffer(4 * values.length));
  copy.set(values);
  return copy;
}
