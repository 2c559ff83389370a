import type { Sink } from './portion.ts';
import { Reader, type Order, type ReaderParts } from './reader.ts';

/** A file that is being read, or will be when its turn comes. */
export type Begun = {
  /** Gives `sink` what the file holds, in order. Ends when the file does. */
  into(sink: Sink): Promise<void>;
};

/** Those who read files. Files are asked for in the order in which they are then taken. */
export type Readers = {
  /** How many files may be begun before the first is taken. */
  readonly ahead: number;
  begin(order: Order): Begun;
  /** More was written since: what was not found may be there now. */
  forgetMisses(): void;
  close(): Promise<void>;
};

/** Reads on this thread, each file when its turn comes. */
export function readerHere(parts: ReaderParts): Readers {
  const reader = new Reader(parts);
  return {
    ahead: 1,
    begin: (order) => ({ into: (sink) => reader.read(order, sink) }),
    forgetMisses: () => reader.forgetMisses(),
    close: () => Promise.resolve(),
  };
}
