import { hash } from 'node:crypto';
import type { Queryable } from '../../platform/db/index.ts';
import { writeUuid } from '../../platform/db/index.ts';
import type { Delivery } from '../types.ts';

const hourMs = 3_600_000;

/**
 * Gives the id of a delivery: who said it, through what, in which hour. The id follows from these, so two processes
 * agree on it without asking each other. The exact moment of each version is its own `last_updated`.
 */
export class Deliveries {
  readonly #known = new Map<string, Buffer>();

  async idOf(db: Queryable, delivery: Delivery, at: Date): Promise<Buffer> {
    const hour = new Date(Math.floor(at.getTime() / hourMs) * hourMs);
    const name = JSON.stringify([delivery.source, delivery.channel, delivery.agent, hour.toISOString()]);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const id = deliveryId(name);
    await db.query(
      `insert into record.delivery (id, source, channel, agent, received)
       values ($1, $2, $3, $4, $5)
       on conflict (id) do nothing`,
      [id, delivery.source, delivery.channel, delivery.agent, hour],
    );
    if (this.#known.size > 1000) this.#known.clear();
    const bytes = Buffer.alloc(16);
    writeUuid(bytes, id, 0);
    this.#known.set(name, bytes);
    return bytes;
  }
}

function deliveryId(name: string): string {
  const hex = hash('sha256', name, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
