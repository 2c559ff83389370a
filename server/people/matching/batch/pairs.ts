import type { RuleBlocks } from './blocks.ts';

type Wanted = (i: number, j: number) => boolean;

/** Visits each pair of records that share a block, once: with the first rule whose key they share. */
export function forEachPair(
  blocks: readonly RuleBlocks[],
  rule: number,
  fromBlock: number,
  toBlock: number,
  wanted: Wanted,
  visit: (i: number, j: number) => void,
): void {
  for (let block = fromBlock; block < toBlock; block++) {
    forEachPairOfBlock(blocks[rule]!, block, wanted, (i, j) => {
      if (isNew(blocks, rule, i, j)) visit(i, j);
    });
  }
}

/** Visits each pair of a block that no other block of the same rule has before it. */
export function forEachPairOfBlock(
  blocks: RuleBlocks,
  block: number,
  wanted: Wanted,
  visit: (i: number, j: number) => void,
): void {
  const { record, start } = blocks;
  const end = start[block + 1]!;
  for (let a = start[block]!; a < end; a++) {
    const i = record[a]!;
    for (let b = a + 1; b < end; b++) {
      const j = record[b]!;
      if (i !== j && wanted(i, j) && isFirst(blocks, block, i, j)) visit(i, j);
    }
  }
}

/** True when no earlier rule puts the two in one block. */
export function isNew(blocks: readonly RuleBlocks[], rule: number, i: number, j: number): boolean {
  for (let earlier = 0; earlier < rule; earlier++) if (sharesKey(blocks[earlier]!, i, j)) return false;
  return true;
}

function sharesKey({ keyStart, keys }: RuleBlocks, i: number, j: number): boolean {
  const endI = keyStart[i + 1]!;
  const endJ = keyStart[j + 1]!;
  for (let a = keyStart[i]!; a < endI; a++) {
    const key = keys[a]!;
    if (key === 0) continue;
    for (let b = keyStart[j]!; b < endJ; b++) if (keys[b] === key) return true;
  }
  return false;
}

/** Within one rule, two records may share several keys: the block of the smallest shared key counts. */
function isFirst(blocks: RuleBlocks, block: number, i: number, j: number): boolean {
  const { keyStart, keys, blockKeys } = blocks;
  if (keyStart[i + 1]! - keyStart[i]! < 2 || keyStart[j + 1]! - keyStart[j]! < 2) return true;
  let smallest = 0;
  for (let a = keyStart[i]!; a < keyStart[i + 1]!; a++) {
    const key = keys[a]!;
    if (key === 0 || (smallest !== 0 && key >= smallest)) continue;
    for (let b = keyStart[j]!; b < keyStart[j + 1]!; b++) if (keys[b] === key) smallest = key;
  }
  return smallest === blockKeys[block];
}
