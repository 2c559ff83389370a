import { count } from './counts.ts';
import type { Portion, Sink } from './portion.ts';
import type { SeenInInput } from './seen.ts';
import type { PieceMaker } from './piece-maker.ts';
import type { Admitted } from './types.ts';

/** A portion is one bundle where that is neither very short nor very long: links within it need no index. */
const shortestPiece = 200;
const longestPiece = 1_000;
const mostCharacters = 8 * 1024 * 1024;
const mostOthers = 500;

/** Gathers what becomes of the entries of one input, and sends it on in portions. */
export class PortionMaker {
  readonly #sink: Sink;
  readonly #pieces: PieceMaker;
  #names = new Set<string>();
  #characters = 0;
  /** Entries settled without a change. */
  #others = 0;
  #portion: Portion;
  readonly #isSecondReading: boolean;

  /** `from` is how many entries were settled before. */
  constructor(sink: Sink, pieces: PieceMaker, from: number, isSecondReading: boolean) {
    this.#sink = sink;
    this.#pieces = pieces;
    this.#portion = emptyPortion(from);
    this.#isSecondReading = isSecondReading;
  }

  bytes(n: number): void {
    this.#portion.bytes += n;
  }

  /** Takes what became of an entry. A second change of one resource goes into a later portion than the first. */
  add(admitted: Admitted, ordinal: number, isBundleEnd: boolean, seen: SeenInInput): void | Promise<void> {
    if (admitted.kind === 'change' && this.#names.has(admitted.name)) {
      return this.send().then(() => this.add(admitted, ordinal, isBundleEnd, seen));
    }
    const portion = this.#portion;
    if (this.#isSecondReading) portion.settled.push(ordinal);
    if (admitted.kind === 'change') {
      const isFirst = seen.isNew(admitted.name);
      const isVersion = seen.isLaterVersion(admitted.name, admitted.lineVersion, isFirst);
      this.#pieces.add(admitted, !isFirst && !isVersion);
      this.#names.add(admitted.name);
      this.#characters += admitted.length;
      portion.warnings += admitted.warnings;
      portion.wrongNumbers += admitted.wrongNumbers;
    } else {
      this.#others += 1;
      if (admitted.kind === 'done') count(portion.counts, admitted.type, admitted.outcome);
      else if (admitted.kind === 'postpone') portion.postponed.push(ordinal);
      else {
        portion.items.push(admitted.item);
        this.#characters += admitted.item.raw.length;
      }
    }
    portion.reached = ordinal;
    portion.isBundleEnd = isBundleEnd;
    const isDue =
      this.#pieces.count >= longestPiece ||
      (isBundleEnd && this.#pieces.count >= shortestPiece) ||
      this.#characters >= mostCharacters ||
      this.#others >= mostOthers;
    return isDue ? this.send() : undefined;
  }

  /** Sends on what there is. */
  async send(): Promise<void> {
    if (this.#pieces.count === 0 && this.#others === 0) return;
    await this.#sink.take(this.#take());
  }

  async finish(isUntracked: boolean): Promise<void> {
    await this.#sink.take({ ...this.#take(), isBundleEnd: true, end: { isUntracked } });
  }

  #take(): Portion {
    const portion = this.#portion;
    const { piece, refused } = this.#pieces.take();
    portion.piece = piece;
    portion.items.push(...refused);
    this.#names = new Set();
    this.#characters = 0;
    this.#others = 0;
    this.#portion = emptyPortion(portion.reached);
    return portion;
  }
}

const emptyPortion = (reached: number): Portion => ({
  piece: undefined,
  items: [],
  postponed: [],
  settled: [],
  counts: {},
  warnings: 0,
  wrongNumbers: 0,
  bytes: 0,
  reached,
  isBundleEnd: false,
  end: undefined,
});
