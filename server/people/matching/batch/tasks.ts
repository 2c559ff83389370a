import { readPiece } from '../files/read.ts';
import type { FilePiece } from '../files/plan.ts';
import type { BlockingRule, Model } from '../model/types.ts';
import { blocksOfRules, type Blocks, type RuleBlocks } from './blocks.ts';
import { scorePieces, type Piece, type ScoredPairs } from './score.ts';
import type { Table } from './table.ts';

/** Work that a thread can be given. All of it is plain data or shared memory. */
export type Task =
  | { kind: 'read'; piece: FilePiece }
  | { kind: 'block'; table: Table; rules: readonly BlockingRule[]; pairsPerRule: number }
  | {
      kind: 'score';
      table: Table;
      blocks: Blocks;
      model: Model;
      floor: number;
      between: boolean;
      pieces: Piece[];
      /** Which piece is next; shared by all threads. */
      next: Int32Array<SharedArrayBuffer>;
    };

export type Done =
  | { kind: 'read'; table: Table }
  | { kind: 'block'; rules: RuleBlocks[] }
  | { kind: 'score'; scored: ScoredPairs };

/** Does a task, in whichever thread it is called. */
export function perform(task: Task): Done {
  if (task.kind === 'read') return { kind: 'read', table: readPiece(task.piece) };
  if (task.kind === 'block') {
    return { kind: 'block', rules: blocksOfRules(task.table, task.rules, task.pairsPerRule) };
  }
  const { table, blocks, model, floor, pieces, next } = task;
  const scored = scorePieces(table, blocks, model, floor, wantedPairs(table, task.between), () => {
    const index = Atomics.add(next, 0, 1);
    return pieces[index];
  });
  return { kind: 'score', scored };
}

/** Which pairs are compared: all, or only those between the two files. */
export function wantedPairs({ source }: Table, between: boolean): (i: number, j: number) => boolean {
  return between ? (i, j) => source[i] !== source[j] : () => true;
}
