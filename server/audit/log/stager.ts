import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Happening } from '../types.ts';
import { eventOf, mostInRow } from './stage.ts';

type Waiting = {
  events: string[];
  resolve: () => void;
  reject: (error: unknown) => void;
};

/** So many commits may be under way. One more lets new events set out while the disk is busy with those before. */
const mostUnderWay = 2;

/**
 * Makes events durable: what waits while a commit is under way goes into the next one together, so that one commit serves many
 * requests. Nothing waits for company.
 */
export class Stager {
  readonly #db: Db;
  readonly #streamId = newId();
  #waiting: Waiting[] = [];
  #underWay = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Resolves when the events are durable; rejects when they are not. */
  note(happenings: readonly Happening[]): Promise<void> {
    const events = happenings.map((happening) => JSON.stringify(eventOf(happening)));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#underWay < mostUnderWay && this.#waiting.length > 0) {
      let events = 0;
      let take = 0;
      while (take < this.#waiting.length && (take === 0 || events < mostInRow))
        events += this.#waiting[take++]!.events.length;
      void this.#commit(this.#waiting.splice(0, take));
    }
  }

  async #commit(group: Waiting[]): Promise<void> {
    this.#underWay++;
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
      this.#underWay--;
      this.#next();
    }
  }
}
