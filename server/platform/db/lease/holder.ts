import { randomInt, randomUUID } from 'node:crypto';
import { Client, type PoolConfig } from 'pg';
import { closeGate, current, isDead, leave, openGate, prepare, put, stillHolds } from './store.ts';

/** So long after a proof was asked for that the lease is held, it counts. */
const proofMs = 1_000;
const renewMs = 250;
/** Who dies without leaving may go on for `proofMs` before it notices. Others wait twice as long. */
export const mourningMs = 2 * proofMs;
/** A database that takes longer to answer counts as away. */
const answerMs = 5_000;
/** New writers wait for no more than this when the lease is taken. */
const gateMs = 25;

/**
 * Takes and holds the lease, on a connection of its own. It is held as long as that connection was proved to live within the
 * last second, and until another process asks for it to be given up.
 */
export class Holder {
  readonly party = randomUUID();
  readonly #lock = randomInt(1, 2 ** 31 - 1);
  readonly #connection: PoolConfig;
  readonly #onLost: () => void;
  #client: Client | undefined;
  #holder = '';
  #holds = false;
  #isAsked = false;
  #isUsed = false;
  #isRenewing = false;
  #last: Promise<unknown> = Promise.resolve();
  #provedUntil = 0;
  #renewing: NodeJS.Timeout | undefined;
  readonly #deadSince = new Map<string, number>();

  /** `onLost` is told at once when others may write without asking. */
  constructor(connection: PoolConfig, onLost: () => void) {
    this.#connection = connection;
    this.#onLost = onLost;
  }

  holds(): boolean {
    this.#isUsed = true;
    return this.#holds && performance.now() < this.#provedUntil;
  }

  /** Tries to take the lease. False when another has it, or writers are busy. */
  take(): Promise<boolean> {
    this.lose();
    return this.#inTurn(() => this.#take());
  }

  async #take(): Promise<boolean> {
    const client = this.#client ?? (await this.#connect());
    if (client === undefined) return false;
    try {
      if (!(await closeGate(client))) return false;
      const isOurs = await this.#put(client);
      await openGate(client);
      if (!isOurs || this.#client !== client) return false;
    } catch (error) {
      this.#drop(client);
      throw error;
    }
    this.#holds = true;
    if (this.#isAsked) this.#giveUp(client);
    this.#renewing ??= setInterval(() => void this.#renew(), renewMs).unref();
    return this.#holds;
  }

  /** Writes our name into the lease, unless somebody else's counts. The gate is closed meanwhile. */
  async #put(client: Client): Promise<boolean> {
    this.#isAsked = false;
    const other = await current(client);
    if (other !== undefined && other.party !== this.party) {
      if (!(await isDead(client, other)) || !this.#isMourned(other.holder)) return false;
    }
    this.#holder = randomUUID();
    const asked = performance.now();
    await put(client, { holder: this.#holder, party: this.party, lock: this.#lock });
    this.#provedUntil = asked + proofMs;
    return true;
  }

  /** From now on the lease counts as lost here, though its row may still stand: others ask, or wait, before they write. */
  lose(): void {
    this.#holds = false;
    this.#holder = '';
    this.#onLost();
  }

  async close(): Promise<void> {
    clearInterval(this.#renewing);
    this.lose();
    const client = this.#client;
    if (client === undefined) return;
    this.#client = undefined;
    await this.#inTurn(() => leave(client, this.party)).catch(() => undefined);
    await client.end().catch(() => undefined);
  }

  async #connect(): Promise<Client | undefined> {
    const client = new Client({ ...this.#connection, query_timeout: answerMs });
    const dropped = (): void => this.#drop(client);
    client.on('error', dropped);
    client.on('end', dropped);
    client.on('notification', ({ payload }) => {
      if (payload === this.#holder) this.#giveUp(client);
    });
    await client.connect();
    this.#client = client;
    try {
      if (await prepare(client, this.#lock, gateMs)) return client;
    } catch (error) {
      this.#drop(client);
      throw error;
    }
    this.#drop(client);
    return undefined;
  }

  #drop(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.lose();
    void client.end().catch(() => undefined);
  }

  #giveUp(client: Client): void {
    this.#isAsked = true;
    if (!this.#holds) return;
    this.lose();
    this.#inTurn(() => leave(client, this.party)).catch(() => this.#drop(client));
  }

  async #renew(): Promise<void> {
    const client = this.#client;
    if (client === undefined || !this.#holds || !this.#isUsed || this.#isRenewing) return;
    this.#isUsed = false;
    this.#isRenewing = true;
    try {
      await this.#inTurn(() => this.#prove(client));
    } catch {
      this.#drop(client);
    } finally {
      this.#isRenewing = false;
    }
  }

  async #prove(client: Client): Promise<void> {
    const asked = performance.now();
    if (!(await stillHolds(client, this.#lock))) this.#drop(client);
    else if (this.#holds) this.#provedUntil = Math.max(this.#provedUntil, asked + proofMs);
  }

  /** The connection does one thing after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** True when a dead holder has been dead for long enough. */
  #isMourned(holder: string): boolean {
    const since = this.#deadSince.get(holder);
    if (since !== undefined) return performance.now() - since > mourningMs;
    this.#deadSince.clear();
    this.#deadSince.set(holder, performance.now());
    return false;
  }
}
