import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copyIn } from './copy-in.ts';
import { described, withLostCode } from './failures.ts';
import { textOf } from './messages.ts';
import { run } from './run.ts';
import { sendTogether, type Step } from './turn.ts';
import type { CopyPart, Tx } from './types.ts';

const nothing = (): void => undefined;
const beginSnapshot = 'begin isolation level repeatable read read only';
/** One connection to each worker, one after the other: fewer to prepare and commit, and all writers take locks in one order. */
const beginOnCitus = `begin;
  set local citus.max_adaptive_executor_pool_size = 1;
  set local citus.multi_shard_modify_mode = 'sequential'`;

type Outcome = Parameters<Parameters<Tx['onEnd']>[0]>[0];

/** Who wants to hear how a transaction ended. */
class Endings {
  readonly #works: ((outcome: Outcome) => void)[] = [];

  onEnd(work: (outcome: Outcome) => void): void {
    this.#works.push(work);
  }

  ended(outcome: Outcome): void {
    for (const work of this.#works) work(outcome);
  }
}

/** A transaction whose named statements and copies of one turn of the event loop leave in one write. */
export class TurnTx extends Endings implements Tx {
  readonly distributed = false;
  readonly #client: PoolClient;
  #waiting: Step[] = [];
  /** Resolves when what was sent before is answered. */
  #before: Promise<unknown> = Promise.resolve();
  /** What stopped the transaction: whatever is asked for after it fails for the same reason. */
  #failure: { reason: unknown } | undefined;

  constructor(client: PoolClient) {
    super();
    this.#client = client;
  }

  /** Waits to leave with what is asked for first. */
  async begin(readOnlySnapshot: boolean): Promise<void> {
    if (readOnlySnapshot) this.send(beginSnapshot, [], { name: 'tx-begin-snapshot' });
    else this.send('begin', [], { name: 'tx-begin' });
  }

  query<Row>(text: string, values: unknown[] = [], { name }: { name?: string } = {}): Promise<Row[]> {
    if (name === undefined) return this.#alone(text, values);
    return new Promise((resolve, reject) => {
      const done = resolve as (rows: unknown[]) => void;
      this.#add({
        kind: 'statement',
        name,
        text,
        values: values.map(textOf),
        rows: [],
        resolve: done,
        reject,
      });
    });
  }

  send(text: string, values: unknown[], { name }: { name?: string } = {}): void {
    if (name === undefined) {
      void this.#alone(text, values).catch(nothing);
      return;
    }
    this.#add({
      kind: 'statement',
      name,
      text,
      values: values.map(textOf),
      rows: [],
      resolve: nothing,
      reject: nothing,
    });
  }

  sendCopies(parts: readonly CopyPart[]): void {
    for (const part of parts) this.#add({ kind: 'copy', part, resolve: nothing, reject: nothing });
  }

  copyIn(parts: readonly CopyPart[]): Promise<number[]> {
    return Promise.all(
      parts.map(
        (part) =>
          new Promise<number>((resolve, reject) => this.#add({ kind: 'copy', part, resolve, reject })),
      ),
    );
  }

  async *copyOut(copySql: string): AsyncIterable<Buffer> {
    this.#flush();
    await this.#before;
    const stream = this.#client.query(copyTo(copySql));
    for await (const chunk of stream) yield chunk as Buffer;
  }

  /** Sends what waits, and the commit with it. */
  async commit(): Promise<void> {
    await this.query('commit', [], { name: 'tx-commit' });
    // After something that was sent has failed, the server answers a commit by rolling back.
    if (this.#failure !== undefined) throw this.#failure.reason;
  }

  /** What waits is not sent any more. */
  async rollback(): Promise<void> {
    this.#waiting = [];
    await this.#before;
    await this.#client.query('rollback');
  }

  async #alone<Row>(text: string, values: unknown[]): Promise<Row[]> {
    this.#flush();
    const rows = this.#before.then(() => run<Row>(this.#client, text, values));
    this.#before = rows.catch(nothing);
    try {
      return await rows;
    } catch (error) {
      throw this.#stopped(error);
    }
  }

  /** What is asked for while the code that can run now runs, goes together. */
  #add(step: Step): void {
    const { reject } = step;
    step.reject = (error) => reject(this.#stopped(error));
    if (this.#waiting.length === 0) process.nextTick(() => this.#flush());
    this.#waiting.push(step);
  }

  #stopped(error: unknown): unknown {
    this.#failure ??= { reason: error };
    return this.#failure.reason;
  }

  #flush(): void {
    const steps = this.#waiting;
    if (steps.length === 0) return;
    this.#waiting = [];
    this.#before = this.#before.then(() => sendTogether(this.#client, steps));
  }
}

/** A transaction on Citus, one statement after the other: each may go to other machines. */
export class CitusTx extends Endings implements Tx {
  readonly distributed = true;
  readonly #client: PoolClient;
  readonly #sent: Promise<unknown>[] = [];
  #before: Promise<unknown> = Promise.resolve();
  /** What stopped the transaction: whatever is asked for after it fails for the same reason. */
  #failure: { reason: unknown } | undefined;

  constructor(client: PoolClient) {
    super();
    this.#client = client;
  }

  async begin(readOnlySnapshot: boolean): Promise<void> {
    await this.#client.query(readOnlySnapshot ? beginSnapshot : beginOnCitus);
  }

  async commit(): Promise<void> {
    await Promise.all(this.#sent);
    if (this.#failure !== undefined) throw this.#failure.reason;
    await this.#client.query('commit');
  }

  async rollback(): Promise<void> {
    await this.#client.query('rollback');
  }

  query<Row>(text: string, values?: unknown[], options?: { name?: string }): Promise<Row[]> {
    return this.#next(() => run<Row>(this.#client, text, values, options?.name));
  }

  send(text: string, values: unknown[], options?: { name?: string }): void {
    this.#keep(this.query(text, values, options));
  }

  sendCopies(parts: readonly CopyPart[]): void {
    this.#keep(this.copyIn(parts));
  }

  copyIn(parts: readonly CopyPart[]): Promise<number[]> {
    return this.#next(async () => {
      try {
        return await copyIn(this.#client, parts);
      } catch (error) {
        throw described(withLostCode(error));
      }
    });
  }

  async *copyOut(copySql: string): AsyncIterable<Buffer> {
    const stream = this.#client.query(copyTo(copySql));
    for await (const chunk of stream) yield chunk as Buffer;
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#before.then(work).catch((error: unknown) => {
      this.#failure ??= { reason: error };
      throw this.#failure.reason;
    });
    this.#before = done.catch(nothing);
    return done;
  }

  #keep(sent: Promise<unknown>): void {
    sent.catch(nothing);
    this.#sent.push(sent);
  }
}
