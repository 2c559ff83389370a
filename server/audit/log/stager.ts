import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Happening } from '../types.ts';
import { eventOf, mostInRow } from './stage.ts';

type Waiting = {
  events: string[];
  resolve: () => void;
  reject: (error: unknown) => void;
};

/**
 * Makes events durable: what comes in one turn of the event loop, or while a commit is under way, goes into one commit together. One
 * commit at a time: a second would wait for the disk behind the first, with fewer events in it.
 */
export class Stager {
  readonly #db: Db;
  readonly #streamId = newId();
  #waiting: Waiting[] = [];
  #isUnderWay = false;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Resolves when the events are durable; rejects when they are not. */
  note(happenings: readonly Happening[]): Promise<void> {
    const events = happenings.map((happening) => JSON.stringify(eventOf(happening)));
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0 && !this.#isUnderWay) setImmediate(() => this.#next());
      this.#waiting.push({ events, resolve, reject });
    });
  }

  #next(): void {
    if (this.#isUnderWay || this.#waiting.length === 0) return;
    let events = 0;
    let take = 0;
    while (take < this.#waiting.length && (take === 0 || events < mostInRow))
      events += this.#waiting[take++]!.events.length;
    void this.#commit(this.#waiting.splice(0, take));
  }

  async #commit(group: Waiting[]): Promise<void> {
    this.#isUnderWay = true;
    try {
      const events = group.flatMap((waiting) => waiting.events);
      if (events.length > 0)
        await this.#db.query(
          'insert into audit.staged (stream_id, id, events) values ($1, $2, $3)',
          [this.#streamId, newId(), `[${events.join(',')}]`],
          { name: 'audit-stage', flushes: true },
        );
      for (const waiting of group) waiting.resolve();
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    } finally {
      this.#isUnderWay = false;
      this.#next();
    }
  }
}
