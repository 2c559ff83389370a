import { setImmediate as breathe } from 'node:timers/promises';
import { Problem } from '../../platform/errors.ts';
import type { Preparer } from '../store/index.ts';
import { Admission, type AdmissionParts } from './admit.ts';
import { wholeBundles } from './actions.ts';
import { idFor } from './identity.ts';
import { headOfFound } from './json-of.ts';
import { linkMaker } from './make-links.ts';
import { plan, type LinkMaker, type Ready } from './plan.ts';
import type { Sink } from './portion.ts';
import { PortionMaker } from './portion-maker.ts';
import { readingLimits, type InputFile } from './reading/index.ts';
import { Resolver } from './resolver.ts';
import { SeenInInput } from './seen.ts';
import { PieceMaker } from './piece-maker.ts';

/** One file to read. */
export type Order = {
  file: InputFile;
  /** Entries that were read before. */
  from: number;
  /** Only these entries, which waited for others. */
  waiting?: readonly number[];
};

export type ReaderParts = Omit<AdmissionParts, 'resolver'> & { preparer: Preparer };

/** Whoever shares the thread, such as the connection to the database, gets its turn so often. */
const longestBreathMs = 2;

/** Reads files one after the other: cuts them into entries, judges these, and makes them ready to be written. */
export class Reader {
  readonly #source: string;
  readonly #resolver: Resolver;
  readonly #admission: Admission;
  readonly #makeLinks: LinkMaker;
  readonly #pieces: PieceMaker;
  #lookUp: Sink['lookUp'] = () => Promise.resolve({ kind: 'nothing' });

  constructor(parts: ReaderParts) {
    this.#source = parts.source;
    this.#resolver = new Resolver((link) => this.#lookUp(link));
    this.#admission = new Admission({ ...parts, resolver: this.#resolver });
    this.#makeLinks = linkMaker(parts.source, this.#resolver);
    this.#pieces = new PieceMaker(parts.preparer);
  }

  forgetMisses(): void {
    this.#resolver.forgetMisses();
  }

  async read(order: Order, sink: Sink): Promise<void> {
    const portions = new PortionMaker(sink, this.#pieces, order.from, order.waiting !== undefined);
    this.#lookUp = async (link) => {
      await portions.send();
      return sink.lookUp(link);
    };
    const isUntracked = await (order.waiting === undefined
      ? this.#readAll(order, portions)
      : this.#readAgain(order, order.waiting, portions));
    await portions.finish(isUntracked);
  }

  async #readAll({ file, from }: Order, portions: PortionMaker): Promise<boolean> {
    const seen = new SeenInInput();
    let breathedAt = performance.now();
    for await (const { ready, isBundleEnd } of this.#entries(file, portions)) {
      for (const [index, each] of ready.entries()) {
        if (each.ordinal <= from) {
          this.#noteSkipped(each, seen);
          continue;
        }
        let admitted = this.#admission.admit(each, file.name, 'may-wait');
        if (admitted instanceof Promise) admitted = await admitted;
        const waiting = portions.add(admitted, each.ordinal, isBundleEnd(index), seen);
        if (waiting !== undefined) await waiting;
        if (performance.now() - breathedAt > longestBreathMs) {
          await breathe();
          breathedAt = performance.now();
        }
      }
    }
    return seen.isFull;
  }

  /** Reads only the entries that waited. */
  async #readAgain({ file }: Order, waiting: readonly number[], portions: PortionMaker): Promise<boolean> {
    const seen = new SeenInInput();
    let next = 0;
    for await (const { ready, isBundleEnd } of this.#entries(file, portions)) {
      for (const [index, each] of ready.entries()) {
        if (each.ordinal !== waiting[next]) continue;
        next += 1;
        const admitted = await this.#admission.admit(each, file.name, 'last-chance');
        await portions.add(admitted, each.ordinal, isBundleEnd(index), seen);
      }
    }
    return false;
  }

  async *#entries(file: InputFile, portions: PortionMaker) {
    const options = {
      limits: readingLimits,
      keepWhole: wholeBundles,
      onBytes: (n: number) => portions.bytes(n),
    };
    for await (const ready of plan(file, options, this.#makeLinks)) {
      yield { ready, isBundleEnd: (index: number) => ready[index + 1]?.links !== ready[index]!.links };
    }
  }

  /** An entry stored before a stop still counts when the rest repeats it. */
  #noteSkipped(ready: Ready, seen: SeenInInput): void {
    if (ready.part.kind === 'fault') return;
    try {
      const head = headOfFound(ready.part);
      if (head !== undefined) seen.isNew(`${head.type}/${idFor(ready.part, head.id, this.#source)}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
}
