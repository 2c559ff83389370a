import { nodeHash, splitOf } from '../verifier/index.ts';
import { rootOver, tileWidth, type Tile } from './edge.ts';
import type { Range } from './ranges.ts';

/** A run of hashes in one tile whose subtree is wanted. */
type Run = { level: number; n: number; first: number; count: number };

export type TileName = { level: number; n: number };

/** One tile, and the roots within it that were worked out before. */
type Held = { hashes: Buffer; roots: Map<number, Uint8Array> };

/** So many tiles are remembered: those above the leaves of a log of 67 million. Each takes 16 kB at most. */
const mostHeld = 1_024;

/**
 * The hashes of ranges of leaves. A full tile never changes, so those above the leaves, which many proofs share, are remembered:
 * then a proof takes one row of the database.
 */
export class TileHashes {
  readonly #read: (tiles: TileName[]) => Promise<Tile[]>;
  readonly #held = new Map<string, Held>();

  /** `read` brings tiles. */
  constructor(read: (tiles: TileName[]) => Promise<Tile[]>) {
    this.#read = read;
  }

  /** Gives the hash of each range. Throws when a tile is missing. */
  async of(ranges: readonly Range[]): Promise<Uint8Array[]> {
    const runs = ranges.map(runsOf);
    const tiles = await this.#tiles(runs.flat());
    return runs.map((parts) =>
      parts
        .map((run) => rootIn(tiles.get(nameOf(run)), run))
        .reduceRight((right, left) => nodeHash(left, right)),
    );
  }

  /** The tiles of these runs, each read once at most. */
  async #tiles(runs: readonly Run[]): Promise<Map<string, Held>> {
    const found = new Map<string, Held>();
    const wanted = new Map<string, TileName>();
    for (const run of runs) {
      const name = nameOf(run);
      const held = this.#held.get(name);
      if (held === undefined) wanted.set(name, { level: run.level, n: run.n });
      else found.set(name, held);
    }
    if (wanted.size === 0) return found;
    for (const tile of await this.#read([...wanted.values()])) {
      const read: Held = { hashes: tile.hashes, roots: new Map() };
      found.set(nameOf(tile), read);
      if (tile.level > 0 && tile.hashes.length === 32 * tileWidth) this.#hold(nameOf(tile), read);
    }
    return found;
  }

  #hold(name: string, tile: Held): void {
    if (this.#held.size >= mostHeld) this.#held.delete(this.#held.keys().next().value!);
    this.#held.set(name, tile);
  }
}

const nameOf = ({ level, n }: TileName): string => `${level} ${n}`;

function rootIn(tile: Held | undefined, { first, count }: Run): Uint8Array {
  if (tile === undefined || tile.hashes.length < 32 * (first + count))
    throw new Error('A tile of the log is missing.');
  const place = first * (tileWidth + 1) + count;
  const known = tile.roots.get(place);
  if (known !== undefined) return known;
  const root = rootOver(
    Array.from({ length: count }, (_, i) => tile.hashes.subarray(32 * (first + i), 32 * (first + i + 1))),
  );
  tile.roots.set(place, root);
  return root;
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
