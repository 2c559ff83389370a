import type { Duplex } from 'node:stream';
import { Client, type PoolConfig } from 'pg';
import { bytesIn, columnsIn, errorIn, rowIn, type Column } from './columns.ts';
import { Incoming } from './incoming.ts';
import { executeMessage, prepareMessage, runMessage, terminate } from '../messages.ts';

/** A statement that goes before another in the same transaction; nobody reads its rows. */
export type Before = { name: string; text: string; values: readonly (string | null)[] };

/** One statement on its way. Its rows are gathered; then one of the two is called, once. */
export type Reading = {
  before?: Before | undefined;
  name: string;
  text: string;
  values: readonly (string | null)[];
  form: 'objects' | 'bytes';
  rows: unknown[];
  resolve: (rows: unknown[]) => void;
  reject: (error: unknown) => void;
};

type Statement = { text: string; columns: Column[] };

const code = (letter: string): number => letter.charCodeAt(0);
const rowDescription = code('T');
const dataRow = code('D');
const errorResponse = code('E');
const commandComplete = code('C');
const readyForQuery = code('Z');

/**
 * One connection on which statements are sent without waiting for the answers to those before. The driver opens it and signs
 * in; after that only prepared statements pass, and no transaction is ever open.
 */
export class Lane {
  readonly #client: Client;
  readonly #statements = new Map<string, Statement>();
  readonly #underWay: { reading: Reading; statement: Statement }[] = [];
  #stream: Duplex | undefined;
  #outgoing: Buffer[] = [];
  #failed: Error | undefined;
  #isBeforeDone = false;
  #waitingSince = 0;
  #lost: unknown;

  /** `settings` are run once, before anything else. */
  constructor(connection: PoolConfig, settings: string, onLost: (lane: Lane) => void) {
    this.#client = new Client(connection);
    const lose = (reason: unknown): void => {
      if (this.#lost !== undefined) return;
      this.#lost = reason;
      for (const { reading } of this.#underWay.splice(0)) reading.reject(reason);
      onLost(this);
    };
    this.#client.on('error', lose);
    this.#client.on('end', () => lose(new Error('Connection terminated')));
    void this.#open(settings).catch((error: unknown) => {
      lose(error);
      void this.#client.end().catch(() => undefined);
    });
  }

  /** How many statements wait for their answer. */
  get load(): number {
    return this.#underWay.length;
  }

  /** How long the next answer has been waited for, in milliseconds. */
  waited(now: number): number {
    return this.#underWay.length === 0 ? 0 : now - this.#waitingSince;
  }

  send(reading: Reading): void {
    if (this.#lost !== undefined) {
      reading.reject(this.#lost);
      return;
    }
    const { before } = reading;
    const all = before === undefined ? [reading] : [before, reading];
    for (const { name, text } of all) {
      const known = this.#statements.get(name);
      if (known === undefined || known.text === text) continue;
      reading.reject(new Error(`Two statements have the name ${name}.`));
      return;
    }
    if (this.#underWay.length === 0) this.#waitingSince = performance.now();
    if (this.#outgoing.length === 0) setImmediate(() => this.#flush());
    // What goes out before one Sync is one transaction. Source: PostgreSQL manual, protocol, pipelining.
    for (const one of all) {
      const { name, text, values } = one;
      if (!this.#statements.has(name)) {
        this.#statements.set(name, { text, columns: [] });
        this.#outgoing.push(prepareMessage(name, text));
      }
      this.#outgoing.push(one === before ? executeMessage(name, values) : runMessage(name, values));
    }
    this.#underWay.push({ reading, statement: this.#statements.get(reading.name)! });
  }

  /** Ends the connection after what is under way. */
  async close(): Promise<void> {
    while (this.#underWay.length > 0 && this.#lost === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    this.#lost ??= new Error('Cannot use a pool after calling end');
    const stream = this.#stream;
    if (stream === undefined || stream.destroyed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.end(terminate);
    });
  }

  async #open(settings: string): Promise<void> {
    await this.#client.connect();
    if (settings !== '') await this.#client.query(settings);
    // The driver's way to its socket, as it stands after signing in (and after TLS, where that is used).
    const { stream } = (this.#client as unknown as { connection: { stream: Duplex } }).connection;
    const incoming = new Incoming((letter, bytes, from, to) => this.#take(letter, bytes, from, to));
    stream.removeAllListeners('data');
    stream.on('data', (piece: Buffer) => incoming.take(piece));
    this.#stream = stream;
    this.#flush();
  }

  /** Sends what gathered, in one write. */
  #flush(): void {
    if (this.#stream === undefined || this.#outgoing.length === 0) return;
    const outgoing = this.#outgoing;
    this.#outgoing = [];
    if (this.#lost === undefined) {
      this.#stream.write(outgoing.length === 1 ? outgoing[0]! : Buffer.concat(outgoing));
    }
  }

  #take(letter: number, bytes: Buffer, from: number, to: number): void {
    if (this.#underWay.length === 0) return;
    const { reading, statement } = this.#underWay[0]!;
    if (this.#passesOver(reading, letter)) return;
    switch (letter) {
      case rowDescription:
        statement.columns = columnsIn(bytes, from);
        break;
      case dataRow:
        reading.rows.push(
          reading.form === 'bytes' ? bytesIn(bytes, from) : rowIn(statement.columns, bytes, from),
        );
        break;
      case errorResponse:
        this.#failed = errorIn(bytes, from, to);
        this.#statements.delete(reading.name);
        if (reading.before !== undefined) this.#statements.delete(reading.before.name);
        break;
      case readyForQuery:
        this.#end(reading);
    }
  }

  /** True for what answers the statement that went before this one. */
  #passesOver({ before }: Reading, letter: number): boolean {
    if (before === undefined || this.#isBeforeDone) return false;
    if (letter === commandComplete) this.#isBeforeDone = true;
    return letter === rowDescription || letter === dataRow || letter === commandComplete;
  }

  #end(reading: Reading): void {
    this.#underWay.shift();
    this.#isBeforeDone = false;
    this.#waitingSince = performance.now();
    const failed = this.#failed;
    this.#failed = undefined;
    if (failed === undefined) reading.resolve(reading.rows);
    else reading.reject(failed);
  }
}
