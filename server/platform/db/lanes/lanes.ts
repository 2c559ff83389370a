import os from 'node:os';
import type { PoolConfig } from 'pg';
import { errorCode } from '../failures.ts';
import { Lane, type Before, type Reading } from './lane.ts';
import { textOf } from '../messages.ts';

/** A lane whose next answer is so late is passed by as long as another is quicker. */
const slowMs = 20;
/**
 * One plan for each statement, and never one that reads a whole table: a plan made while a table was small outlives that.
 */
const planOnce = 'set plan_cache_mode = force_generic_plan; set enable_seqscan = off';
/** So many statements on one lane before another is opened. */
const usualFullLoad = 4;

/**
 * Sends prepared statements over a few connections, each with many under way. Statements that come in the same turn of the
 * event loop leave in one write. They are planned once for each connection, whatever their values.
 */
export class Lanes {
  readonly #open: () => Lane;
  readonly #most: number;
  readonly #fullLoad: number;
  readonly #lanes: Lane[] = [];

  constructor(options: {
    connection: PoolConfig;
    most?: number;
    fullLoad?: number;
    /** Keep one plan for each statement; false where the values decide which machine is asked. */
    onePlan: () => boolean;
  }) {
    this.#most = options.most ?? Math.max(2, 2 * os.availableParallelism());
    this.#fullLoad = options.fullLoad ?? usualFullLoad;
    this.#open = () => {
      const settings = options.onePlan() ? planOnce : '';
      const lane = new Lane(options.connection, settings, (lost) => {
        const at = this.#lanes.indexOf(lost);
        if (at >= 0) this.#lanes.splice(at, 1);
      });
      this.#lanes.push(lane);
      return lane;
    };
  }

  /**
   * The rows of a statement as objects by column name, or each value as the bytes of its text. What stands in `before` is run first, in
   * the same transaction.
   */
  async read(
    statement: { name: string; text: string; values: readonly unknown[] },
    form: Reading['form'],
    before?: Before,
  ): Promise<unknown[]> {
    const values = statement.values.map(textOf);
    const send = (): Promise<unknown[]> =>
      new Promise((resolve, reject) =>
        this.#choose().send({ ...statement, values, form, before, rows: [], resolve, reject }),
      );
    try {
      return await send();
    } catch (error) {
      if (!isForgotten(error)) throw error;
      return send();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.splice(0).map((lane) => lane.close()));
  }

  #choose(): Lane {
    const now = performance.now();
    let best: Lane | undefined;
    let least = Infinity;
    for (const lane of this.#lanes) {
      const load = lane.load + (lane.waited(now) > slowMs ? 1_000 : 0);
      if (load < least) [best, least] = [lane, load];
    }
    const isFull = least >= this.#fullLoad && this.#lanes.length < this.#most;
    return best === undefined || isFull ? this.#open() : best;
  }
}

/** The server forgot the statement, or a table it reads was changed: parsed again, it works. */
function isForgotten(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code === '26000' || (code === '0A000' && error instanceof Error && error.message.includes('cached plan'))
  );
}
