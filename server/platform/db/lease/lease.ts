import type { PoolConfig } from 'pg';
import type { Db, Lease, Tx } from '../types.ts';
import { Changes } from './changes.ts';
import { Holder, mourningMs } from './holder.ts';
import { askToLeave, enter, putOut, remove, stateOf } from './store.ts';

/** A holder that is asked and does not leave for so long is put out. */
const patienceMs = 2_000;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** Held for less than this, the next try waits longer than the one before. */
const shortTermMs = 10_000;

/**
 * Lets this process use what it has read again without asking the database. While it holds the lease, every other process asks
 * for it, and waits until it was given up, before it commits a change; changes of this process are counted by name. The lease is
 * taken when it is wanted and free, and given up at once when somebody else wants to write. Never on Citus.
 */
export class PartyLease implements Lease {
  readonly #db: Db;
  readonly #changes = new Changes();
  readonly #holder: Holder;
  readonly #leaving = new Map<string, Promise<void>>();
  #taking: Promise<void> | undefined;
  #since = 0;
  #notBefore = 0;
  #pauseMs = firstPauseMs;
  #isClosed = false;

  constructor(db: Db, connection: PoolConfig) {
    this.#db = db;
    this.#holder = new Holder(connection, () => this.#lost());
  }

  mark(): number | undefined {
    if (this.#holder.holds()) return this.#changes.mark();
    if (this.#taking === undefined && performance.now() >= this.#notBefore) this.#want();
    return undefined;
  }

  isUnchanged(mark: number, names: readonly string[]): boolean {
    return this.#holder.holds() && this.#changes.isUnchanged(mark, names);
  }

  async enter(tx: Tx, names: Iterable<string>): Promise<void> {
    if (tx.distributed) return;
    const ended = this.#changes.begin(names);
    tx.onEnd((outcome) => {
      ended();
      // It may still be committed: the next taking waits until it has ended.
      if (outcome === 'unknown') this.#holder.lose();
    });
    const found = await enter(tx);
    if (found === undefined || found.party === this.#holder.party) return;
    const { holder } = found;
    let leaving = this.#leaving.get(holder);
    if (leaving === undefined) {
      leaving = this.#untilLeft(holder).finally(() => this.#leaving.delete(holder));
      this.#leaving.set(holder, leaving);
    }
    await leaving;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#taking;
    await this.#holder.close();
  }

  #want(): void {
    if (this.#isClosed || this.#db.distributed) return;
    this.#taking = this.#take().finally(() => (this.#taking = undefined));
  }

  async #take(): Promise<void> {
    let isTaken = false;
    try {
      isTaken = await this.#holder.take();
    } catch {
      // The database is away, or will not have us: answers are looked up, and the lease is tried for later.
    }
    if (isTaken) this.#since = performance.now();
    else this.#notBefore = performance.now() + this.#pauseMs;
  }

  #lost(): void {
    this.#changes.forget();
    if (this.#since === 0) return;
    const now = performance.now();
    const wasShort = now - this.#since < shortTermMs;
    this.#pauseMs = wasShort ? Math.min(2 * this.#pauseMs, longestPauseMs) : firstPauseMs;
    this.#notBefore = now + this.#pauseMs;
    this.#since = 0;
  }

  /** Asks a holder to leave and waits until it did. One that died may not have noticed yet, and is waited for longer. */
  async #untilLeft(holder: string): Promise<void> {
    const asked = performance.now();
    await askToLeave(this.#db, holder);
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, 50)) {
      const state = await stateOf(this.#db, holder);
      if (state === 'left') return;
      if (state === 'dead') {
        await pause(mourningMs);
        return remove(this.#db, holder);
      }
      if (performance.now() - asked > patienceMs) await putOut(this.#db, holder);
      await pause(pauseMs);
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
