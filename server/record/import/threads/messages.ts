import type { DefinitionPackage } from '../../definitions/index.ts';
import type { PackedBatch } from '../../store/index.ts';
import type { MadeReady, Portion } from '../portion.ts';
import type { Order } from '../reader.ts';
import type { Resolution } from '../resolver.ts';
import type { QuarantineItem } from '../types.ts';

/** What a thread needs to know before it reads. */
export type Setting = {
  source: string;
  packages: DefinitionPackage[];
  /** Where compiled code is kept between starts. */
  cacheFolder: string | undefined;
};

export type PackedReady = Omit<MadeReady, 'batch'> & { batch: PackedBatch };

/** A portion; its piece is known to the thread by a number. */
export type PackedPortion = Omit<Portion, 'piece'> & {
  piece: (PackedReady & { number: number }) | undefined;
};

/** What a thread is asked. `call` numbers what it must answer. */
export type ToThread =
  | { kind: 'read'; file: number; order: Order }
  | { kind: 'taken'; characters: number }
  | { kind: 'looked-up'; call: number; resolution: Resolution }
  | { kind: 'item'; call: number; piece: number; row: number; code: string; reason: string }
  | { kind: 'only'; call: number; piece: number; rows: readonly number[] }
  | { kind: 'release'; piece: number }
  | { kind: 'forget-misses' };

/** What a thread says of a file, in order. */
export type OfFile =
  | { kind: 'portion'; file: number; characters: number; portion: PackedPortion }
  | { kind: 'look-up'; file: number; call: number; link: string }
  | { kind: 'end'; file: number; failure: { error: unknown } | undefined };

/** What a thread answers. */
export type Answer =
  | { kind: 'item'; call: number; item: QuarantineItem }
  | { kind: 'only'; call: number; ready: PackedReady }
  | { kind: 'failed'; call: number; error: unknown };

export type FromThread = OfFile | Answer;
