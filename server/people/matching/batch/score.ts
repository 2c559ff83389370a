import type { Model } from '../model/types.ts';
import type { Blocks } from './blocks.ts';
import { scorerFor } from './compile.ts';
import { forEachPair } from './pairs.ts';
import type { Table } from './table.ts';

/** Pairs of rows and their weights in whole 1,024ths of a bit. */
export type ScoredPairs = {
  i: Int32Array;
  j: Int32Array;
  weight: Int32Array;
  /** 1 where a veto stands against joining the two. */
  vetoed: Uint8Array;
  count: number;
  compared: number;
};

/** Three columns that grow. */
class PairColumns {
  i = new Int32Array(1024);
  j = new Int32Array(1024);
  weight = new Int32Array(1024);
  vetoed = new Uint8Array(1024);
  count = 0;

  push(i: number, j: number, weight: number, vetoed: boolean): void {
    if (this.count === this.i.length) {
      this.i = grown(this.i);
      this.j = grown(this.j);
      this.weight = grown(this.weight);
      const flags = new Uint8Array(this.i.length);
      flags.set(this.vetoed);
      this.vetoed = flags;
    }
    this.i[this.count] = i;
    this.j[this.count] = j;
    this.weight[this.count] = weight;
    this.vetoed[this.count] = vetoed ? 1 : 0;
    this.count++;
  }
}

function grown(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** A stretch of the blocks of one rule. */
export type Piece = { rule: number; from: number; to: number };

/** Cuts all blocks into pieces of about so many pairs. */
export function piecesOf({ rules }: Blocks, pairs: number): Piece[] {
  return rules.flatMap(({ start, blocks: count }, rule) => {
    const pieces: Piece[] = [];
    let from = 0;
    let held = 0;
    for (let block = 0; block < count; block++) {
      const size = start[block + 1]! - start[block]!;
      held += (size * (size - 1)) / 2;
      if (held < pairs && block < count - 1) continue;
      pieces.push({ rule, from, to: block + 1 });
      from = block + 1;
      held = 0;
    }
    return pieces;
  });
}

/** Weighs the pairs of the pieces `next` gives, until it gives none, and keeps those of at least `floor`. */
export function scorePieces(
  table: Table,
  blocks: Blocks,
  model: Model,
  floor: number,
  wanted: (i: number, j: number) => boolean,
  next: () => Piece | undefined,
): ScoredPairs {
  const scorer = scorerFor(model, table);
  const kept = new PairColumns();
  let compared = 0;
  for (let piece = next(); piece !== undefined; piece = next()) {
    forEachPair(blocks, piece.rule, piece.from, piece.to, wanted, (i, j) => {
      compared++;
      const weight = scorer.weight(i, j);
      if (weight >= floor) kept.push(i, j, weight, scorer.vetoed(i, j));
    });
  }
  const { i, j, weight, vetoed, count } = kept;
  return {
    i: i.slice(0, count),
    j: j.slice(0, count),
    weight: weight.slice(0, count),
    vetoed: vetoed.slice(0, count),
    count,
    compared,
  };
}
