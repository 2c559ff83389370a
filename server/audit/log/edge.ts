import { emptyRoot, nodeHash, splitOf } from '../verifier/index.ts';

/** Hashes in a full tile. Source: C2SP tlog-tiles. */
export const tileWidth = 256;

export type Tile = { level: number; n: number; hashes: Buffer };

/** The root of the subtree over these hashes. */
export function rootOver(hashes: readonly Uint8Array[], from = 0, to = hashes.length): Uint8Array {
  if (to - from === 1) return hashes[from]!;
  const middle = from + splitOf(to - from);
  return nodeHash(rootOver(hashes, from, middle), rootOver(hashes, middle, to));
}

/** Which tiles of a tree are not full: one of each level at most. */
export function openTiles(size: number): { level: number; n: number; width: number }[] {
  const open: { level: number; n: number; width: number }[] = [];
  for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / tileWidth)) {
    const width = rest % tileWidth;
    if (width > 0) open.push({ level, n: Math.floor(rest / tileWidth), width });
  }
  return open;
}

/** The right edge of the tree in tiles: appends leaves, and gives the tiles that changed. */
export class TileEdge {
  #size: number;
  /** The hashes of the open tile of each level. */
  readonly #open: Uint8Array[][] = [];
  readonly #full: Tile[] = [];
  readonly #touched = new Set<number>();

  /** `tiles` are the open tiles of the tree of this size, see `openTiles`. */
  constructor(size: number, tiles: readonly Tile[]) {
    this.#size = size;
    for (const { level, width } of openTiles(size)) {
      const hashes = tiles.find((tile) => tile.level === level)?.hashes;
      if (hashes === undefined || hashes.length < 32 * width)
        throw new Error('A tile of the log is missing.');
      this.#open[level] = Array.from({ length: width }, (_, i) => hashes.subarray(32 * i, 32 * i + 32));
    }
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let level = 0, index = this.#size; ; level++, index = Math.floor(index / tileWidth)) {
      const open = (this.#open[level] ??= []);
      open.push(hash);
      this.#touched.add(level);
      if (open.length < tileWidth) break;
      this.#full.push({ level, n: Math.floor(index / tileWidth), hashes: Buffer.concat(open) });
      hash = rootOver(open);
      this.#open[level] = [];
    }
    this.#size++;
  }

  /** The root of the tree: the subtrees of the open tiles, joined from the right. */
  root(): Uint8Array {
    let joined: Uint8Array | undefined;
    for (const open of this.#open) {
      for (let end = open?.length ?? 0; end > 0;) {
        const width = end & -end;
        const hash = rootOver(open, end - width, end);
        joined = joined === undefined ? hash : nodeHash(hash, joined);
        end -= width;
      }
    }
    return joined ?? emptyRoot;
  }

  /** Tiles that changed since the last call: those that became full, and the open ones. */
  takeChanged(): Tile[] {
    const open = openTiles(this.#size)
      .filter(({ level }) => this.#touched.has(level))
      .map(({ level, n }) => ({ level, n, hashes: Buffer.concat(this.#open[level]!) }));
    this.#touched.clear();
    return [...this.#full.splice(0), ...open];
  }
}
