import { keyOf, type Batch } from './batch.ts';
import type { BatchResult, Work, Writer } from './writer.ts';

type Waiting = Work & {
  keys: string[];
  resolve: (result: BatchResult) => void;
  reject: (error: unknown) => void;
};

const maxRowsInGroup = 2_000;
/** Several groups may be under way, but only one of few rows: small writes do better together than side by side. */
const maxGroupsUnderWay = 3;
const fewRows = 100;

/**
 * Gathers writes that arrive while others are under way, and writes them together in one transaction: one durable write
 * serves many requests. A write never waits for company: when nothing is under way it goes at once.
 */
export class WriteQueue {
  readonly #writer: Writer;
  readonly #waiting: Waiting[] = [];
  /** Keys being written now: a second change of the same resource waits for the first. */
  readonly #busy = new Set<string>();
  #underWay = 0;
  #smallUnderWay = 0;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  write(work: Work): Promise<BatchResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...work, keys: keysOf(work.batch), resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#underWay < maxGroupsUnderWay && this.#smallUnderWay === 0) {
      const group = this.#takeGroup();
      if (group.length === 0) return;
      const small = rowsIn(group) < fewRows ? 1 : 0;
      this.#underWay++;
      this.#smallUnderWay += small;
      void this.#run(group).finally(() => {
        this.#underWay--;
        this.#smallUnderWay -= small;
        this.#next();
      });
    }
  }

  async #run(group: Waiting[]): Promise<void> {
    try {
      const results = await this.#writer.write(group);
      for (const [index, waiting] of group.entries()) waiting.resolve(results[index]!);
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error);
      else await this.#runEach(group);
    } finally {
      for (const { keys } of group) for (const key of keys) this.#busy.delete(key);
    }
  }

  /** A group failed as a whole: each write is tried by itself, so that one fault harms nobody else. */
  async #runEach(group: Waiting[]): Promise<void> {
    for (const waiting of group) {
      try {
        const [result] = await this.#writer.write([waiting]);
        waiting.resolve(result!);
      } catch (error) {
        waiting.reject(error);
      }
    }
  }

  /** The longest waiting writes that share no resource with one under way. A blocked write blocks its resources for those behind it. */
  #takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const blocked = new Set<string>();
    let rows = 0;
    for (let i = 0; i < this.#waiting.length && rows < maxRowsInGroup;) {
      const waiting = this.#waiting[i]!;
      const clashes = waiting.keys.some((key) => this.#busy.has(key) || blocked.has(key));
      if (clashes) {
        for (const key of waiting.keys) blocked.add(key);
        i++;
        continue;
      }
      for (const key of waiting.keys) this.#busy.add(key);
      rows += waiting.keys.length;
      group.push(waiting);
      this.#waiting.splice(i, 1);
    }
    return group;
  }
}

const rowsIn = (group: Waiting[]): number => group.reduce((rows, { keys }) => rows + keys.length, 0);

const keysOf = (batch: Batch): string[] => batch.rows.map(keyOf);
