import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, isAway } from '../../platform/db/index.ts';
import type { Again, Committer } from './commit.ts';
import type { Arrival, Fate } from './types.ts';

type Waiting = { arrival: Arrival; resolve(fate: Fate): void; reject(error: unknown): void };

/** One transaction holds at most this much. */
const mostMessages = 500;
const mostBytes = 16 * 1024 * 1024;
/** While one group waits for the database, another is made ready. */
const mostGroups = 2;
/** The second group waits this long to become as large as the one under way: what a transaction costs is shared by its messages. */
const companyMs = 20;

/** How long messages wait for a database that is away before their senders are left without an answer. */
const patienceMs = 20_000;
const pauseMs = 250;

/** SQLSTATE classes that say a value cannot be held: data exception, broken constraint, limit exceeded. */
const dataFault = /^(?:22|23|54)/;

/**
 * Gathers messages that arrive while others are being written and writes them together: one durable write serves many senders. A
 * message never waits for company, and messages of one sender keep their order.
 */
export class IntakeQueue {
  readonly #committer: Committer;
  #waiting: Waiting[] = [];
  /** Sources of the groups that are being written: their next messages wait. */
  readonly #busy = new Set<string>();
  #underWay = 0;
  /** Messages in the groups under way. */
  #written = 0;
  #isGathering = false;
  #company: NodeJS.Timeout | undefined;

  constructor(committer: Committer) {
    this.#committer = committer;
  }

  /** Resolves after the message is durably stored. Rejects when it could not be: then the sender must not be answered. */
  submit(arrival: Arrival): Promise<Fate> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrival, resolve, reject });
      this.#gather();
    });
  }

  /** Judges a kept message again, between groups. */
  async again(arrival: Arrival, again: Again): Promise<Fate> {
    const [fate] = await this.#committer.commit([arrival], again);
    return fate!;
  }

  /** Messages of other connections that are being read in this turn come along. */
  #gather(): void {
    if (this.#isGathering || this.#underWay >= mostGroups) return;
    this.#isGathering = true;
    setImmediate(() => {
      this.#isGathering = false;
      this.#start();
    });
  }

  #start(hasWaited = false): void {
    while (this.#underWay < mostGroups) {
      if (!hasWaited && this.#underWay > 0 && this.#waiting.length < this.#written) {
        this.#company ??= setTimeout(() => this.#start(true), companyMs);
        return;
      }
      clearTimeout(this.#company);
      this.#company = undefined;
      const group = this.#takeGroup();
      if (group.length === 0) return;
      const sources = new Set(group.map(({ arrival }) => arrival.feed.source));
      for (const source of sources) this.#busy.add(source);
      this.#underWay += 1;
      this.#written += group.length;
      void this.#write(group).finally(() => {
        for (const source of sources) this.#busy.delete(source);
        this.#underWay -= 1;
        this.#written -= group.length;
        this.#gather();
      });
    }
  }

  /** The longest waiting messages of sources that are not being written. */
  #takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    let bytes = 0;
    for (const waiting of this.#waiting) {
      const isFull = group.length >= mostMessages || bytes >= mostBytes;
      if (isFull || this.#busy.has(waiting.arrival.feed.source)) {
        left.push(waiting);
        continue;
      }
      bytes += waiting.arrival.bytes.length;
      group.push(waiting);
    }
    this.#waiting = left;
    return group;
  }

  async #write(group: Waiting[]): Promise<void> {
    const giveUp = Date.now() + patienceMs;
    for (;;) {
      try {
        const fates = await this.#committer.commit(group.map(({ arrival }) => arrival));
        for (const [index, waiting] of group.entries()) waiting.resolve(fates[index]!);
        return;
      } catch (error) {
        if (!isAway(error)) return this.#separately(group, error);
        if (Date.now() > giveUp) {
          for (const waiting of group) waiting.reject(error);
          return;
        }
        await pause(pauseMs);
      }
    }
  }

  /** A group failed as a whole: each message is tried by itself, so that one fault harms nobody else. */
  async #separately(group: Waiting[], error: unknown): Promise<void> {
    if (group.length > 1) {
      for (const waiting of group) await this.#write([waiting]);
      return;
    }
    const [waiting] = group;
    const code = errorCode(error);
    if (code === undefined || !dataFault.test(code)) return waiting!.reject(error);
    await this.#committer
      .keep(waiting!.arrival, `The database cannot hold what it says (${code})`)
      .then(waiting!.resolve, waiting!.reject);
  }
}
