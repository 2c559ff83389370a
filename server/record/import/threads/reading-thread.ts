import { Worker } from 'node:worker_threads';
import { unpackBatch } from '../../store/index.ts';
import type { MadeReady, Portion, Sink, Told } from '../portion.ts';
import type { Order } from '../reader.ts';
import type { Begun } from '../readers.ts';
import type {
  Answer,
  FromThread,
  OfFile,
  PackedPortion,
  PackedReady,
  Setting,
  ToThread,
} from './messages.ts';

type Call = { resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/** A thread that reads files, seen from the one that writes them. */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #said: OfFile[] = [];
  readonly #calls = new Map<number, Call>();
  #lastCall = 0;
  #lastFile = 0;
  #failure: { error: unknown } | undefined;
  #wake: (() => void) | undefined;
  /** Files begun and not yet taken to their end. */
  underWay = 0;

  constructor(setting: Setting) {
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: setting });
    this.#worker.on('message', (message: FromThread) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('A thread that read files has ended.')));
  }

  begin(order: Order): Begun {
    const file = ++this.#lastFile;
    this.underWay += 1;
    this.#ask({ kind: 'read', file, order });
    return { into: (sink) => this.#into(file, sink) };
  }

  forgetMisses(): void {
    this.#ask({ kind: 'forget-misses' });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #into(file: number, sink: Sink): Promise<void> {
    for (;;) {
      const said = await this.#next();
      if (said.file !== file) throw new Error('Files were taken in another order than they were begun.');
      if (said.kind === 'portion') {
        await sink.take(this.#unpacked(said.portion));
        this.#ask({ kind: 'taken', characters: said.characters });
      } else if (said.kind === 'look-up') {
        const resolution = await sink.lookUp(said.link);
        this.#ask({ kind: 'looked-up', call: said.call, resolution });
      } else {
        this.underWay -= 1;
        if (said.failure !== undefined) throw said.failure.error;
        return;
      }
    }
  }

  async #next(): Promise<OfFile> {
    for (;;) {
      const said = this.#said.shift();
      if (said !== undefined) return said;
      if (this.#failure !== undefined) throw this.#failure.error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #unpacked({ piece, ...rest }: PackedPortion): Portion {
    if (piece === undefined) return { ...rest, piece };
    return { ...rest, piece: { ...unpackReady(piece), told: this.#told(piece.number) } };
  }

  #told(piece: number): Told {
    return {
      item: async (row, code, reason) => {
        const answer = await this.#call((call) => ({ kind: 'item', call, piece, row, code, reason }));
        if (answer.kind !== 'item') throw new Error('A thread answered another question.');
        return answer.item;
      },
      only: async (rows) => {
        const answer = await this.#call((call) => ({ kind: 'only', call, piece, rows }));
        if (answer.kind !== 'only') throw new Error('A thread answered another question.');
        return unpackReady(answer.ready);
      },
      release: () => this.#ask({ kind: 'release', piece }),
    };
  }

  #call(question: (call: number) => ToThread): Promise<Answer> {
    const call = ++this.#lastCall;
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure.error);
      this.#calls.set(call, { resolve, reject });
      this.#ask(question(call));
    });
  }

  #ask(message: ToThread): void {
    // The rule is about windows, which have an origin; threads have none.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    if ('file' in message) {
      this.#said.push(message);
      this.#wake?.();
      return;
    }
    const call = this.#calls.get(message.call);
    this.#calls.delete(message.call);
    if (message.kind === 'failed') call?.reject(message.error);
    else call?.resolve(message);
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
    this.#wake?.();
  }
}

function unpackReady({ batch, isRepeated, wanted, characters }: PackedReady): MadeReady {
  return { batch: unpackBatch(batch), isRepeated, wanted, characters };
}
