import type { Blocks } from './blocks.ts';

type Wanted = (i: number, j: number) => boolean;
type Visit = (i: number, j: number) => void;

/** Visits each pair of records that share a block, once: with the first key they share, in the order of the rules. */
export function forEachPair(
  blocks: Blocks,
  rule: number,
  fromBlock: number,
  toBlock: number,
  wanted: Wanted,
  visit: Visit,
): void {
  for (let block = fromBlock; block < toBlock; block++) {
    forEachPairOfBlock(blocks, rule, block, wanted, (i, j) => {
      if (isNew(blocks, rule, i, j)) visit(i, j);
    });
  }
}

/** Visits each pair of a block, unless another block of the same rule has it too and comes before. */
export function forEachPairOfBlock(
  blocks: Blocks,
  rule: number,
  block: number,
  wanted: Wanted,
  visit: Visit,
): void {
  const { record, start, blockKeys } = blocks.rules[rule]!;
  const [first, next] = [blocks.firstSlot[rule]!, blocks.firstSlot[rule + 1]!];
  const isSingle = next - first === 1;
  const key = blockKeys[block]!;
  const end = start[block + 1]!;
  for (let a = start[block]!; a < end; a++) {
    const i = record[a]!;
    for (let b = a + 1; b < end; b++) {
      const j = record[b]!;
      if (i !== j && wanted(i, j) && (isSingle || smallestShared(blocks, rule, i, j) === key)) visit(i, j);
    }
  }
}

/** True when no earlier rule puts the two in one block. */
export function isNew(blocks: Blocks, rule: number, i: number, j: number): boolean {
  const { keys, slots, firstSlot } = blocks;
  const [ofI, ofJ] = [i * slots, j * slots];
  for (let earlier = 0; earlier < rule; earlier++) {
    const first = firstSlot[earlier]!;
    const width = firstSlot[earlier + 1]! - first;
    if (width === 1) {
      if (keys[ofI + first] !== 0 && keys[ofI + first] === keys[ofJ + first]) return false;
    } else if (smallestShared(blocks, earlier, i, j) !== 0) return false;
  }
  return true;
}

/** The smallest key of a rule that two records share, or 0. */
function smallestShared({ keys, slots, firstSlot }: Blocks, rule: number, i: number, j: number): number {
  const [first, end] = [firstSlot[rule]!, firstSlot[rule + 1]!];
  let smallest = 0;
  for (let a = first; a < end; a++) {
    const key = keys[i * slots + a]!;
    if (key === 0 || (smallest !== 0 && key >= smallest)) continue;
    for (let b = first; b < end; b++) {
      if (keys[j * slots + b] === key) {
        smallest = key;
        break;
      }
    }
  }
  return smallest;
}
