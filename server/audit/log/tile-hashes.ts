import { nodeHash, splitOf } from '../verifier/index.ts';
import { rootOver, tileWidth } from './edge.ts';
import type { Range } from './ranges.ts';

/** A run of hashes in one tile whose subtree is wanted. */
type Run = { level: number; n: number; first: number; count: number };

export type TileName = { level: number; n: number };

/** Gives the hash of each range. `read` brings the tiles that are needed, each once. */
export async function hashesOf(
  ranges: readonly Range[],
  read: (tiles: TileName[]) => Promise<{ level: number; n: number; hashes: Buffer }[]>,
): Promise<Uint8Array[]> {
  const needed = new Map<string, TileName>();
  for (const range of ranges)
    for (const { level, n } of runsOf(range)) needed.set(`${level} ${n}`, { level, n });
  const tiles = new Map<string, Buffer>();
  for (const { level, n, hashes } of await read([...needed.values()])) tiles.set(`${level} ${n}`, hashes);
  return ranges.map((range) => {
    const roots = runsOf(range).map(({ level, n, first, count }) => {
      const hashes = tiles.get(`${level} ${n}`);
      if (hashes === undefined || hashes.length < 32 * (first + count))
        throw new Error('A tile of the log is missing.');
      return rootOver(
        Array.from({ length: count }, (_, i) => hashes.subarray(32 * (first + i), 32 * (first + i + 1))),
      );
    });
    return roots.reduceRight((right, left) => nodeHash(left, right));
  });
}

/** A range as full subtrees, each within one tile: from left to right, each at least as large as the next. */
function runsOf({ from, to }: Range): Run[] {
  const runs: Run[] = [];
  for (let at = from; at < to;) {
    const size = isFull(to - at) ? to - at : splitOf(to - at);
    const level = Math.floor(Math.log2(size) / 8);
    const index = at / tileWidth ** level;
    runs.push({
      level,
      n: Math.floor(index / tileWidth),
      first: index % tileWidth,
      count: size / tileWidth ** level,
    });
    at += size;
  }
  return runs;
}

const isFull = (size: number): boolean => Number.isInteger(Math.log2(size));
