import { splitOf } from '../verifier/index.ts';

/** Leaves from `from` up to but not including `to`, which make one subtree. */
export type Range = { from: number; to: number };

/** The subtrees whose hashes show that a leaf is in a tree, from the leaf up. Source: RFC 9162, section 2.1.3.1. */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees whose hashes show that a tree continues a smaller one. Source: RFC 9162, section 2.1.4.1. */
export function consistencyRanges(earlier: number, size: number): Range[] {
  if (earlier === 0 || earlier === size) return [];
  const ranges: Range[] = [];
  let from = 0;
  let to = size;
  while (to !== earlier) {
    const middle = from + splitOf(to - from);
    if (earlier <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

/** The largest subtrees without a wanted leaf, from left to right: what `rootOfSome` takes. `wanted` is sorted. */
export function sharedRanges(wanted: readonly number[], size: number): Range[] {
  const ranges: Range[] = [];
  const add = (from: number, to: number, first: number, last: number): void => {
    if (first === last) {
      ranges.push({ from, to });
      return;
    }
    if (to - from === 1) return;
    const middle = from + splitOf(to - from);
    let split = first;
    while (split < last && wanted[split]! < middle) split++;
    add(from, middle, first, split);
    add(middle, to, split, last);
  };
  if (size > 0) add(0, size, 0, wanted.length);
  return ranges;
}
