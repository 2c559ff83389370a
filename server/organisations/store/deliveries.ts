import type { Queryable, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';

/** Who says it, under which head, and a hash of all that it says. A source replaces what it said before under the same head. */
export type Said = { source: string; about: string; contentHash: string };

/** Only one load at a time: two would each withdraw what the other says. */
export async function lockLoads(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('organisations.load', 0))`);
}

/** The hash of what a source last said under a head. */
export async function lastHash(
  tx: Queryable,
  { source, about }: Omit<Said, 'contentHash'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ content_hash: string }>(
    `select content_hash
     from organisations.delivery
     where source = $1
       and about = $2
     order by recorded desc, delivery_id desc
     limit 1`,
    [source, about],
  );
  return row?.content_hash;
}

/** All that a source ever said under a head. */
export async function deliveriesAbout(
  tx: Queryable,
  { source, about }: Omit<Said, 'contentHash'>,
): Promise<string[]> {
  const rows = await tx.query<{ delivery_id: string }>(
    `select delivery_id from organisations.delivery where source = $1 and about = $2`,
    [source, about],
  );
  return rows.map((row) => row.delivery_id);
}

async function addDelivery(tx: Tx, id: string, said: Said, rowCount: number, at: Date): Promise<void> {
  await tx.query(
    `insert into organisations.delivery (delivery_id, source, about, content_hash, row_count, recorded)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, said.source, said.about, said.contentHash, rowCount, at],
  );
}

/** Says that something changed, so that what others keep in memory is read again. */
async function countChange(tx: Tx): Promise<void> {
  await tx.query(
    `insert into organisations.change (name, number)
     values ('all', 1)
     on conflict (name) do update set number = organisations.change.number + 1`,
  );
}

export async function changeNumber(db: Queryable): Promise<number> {
  const [row] = await db.query<{ number: number }>(
    `select number from organisations.change where name = 'all'`,
    [],
    {
      name: 'organisations-change',
    },
  );
  return row?.number ?? 0;
}

/** Runs what stores a delivery, and records it when it changed something. One that changes nothing leaves no trace. */
export async function recordDelivery<T extends { changed: boolean; rows: number }>(
  tx: Tx,
  said: Said,
  at: Date,
  work: (deliveryId: string) => Promise<T>,
): Promise<T> {
  const deliveryId = newId(at.getTime());
  const done = await work(deliveryId);
  if (done.changed) {
    await addDelivery(tx, deliveryId, said, done.rows, at);
    await countChange(tx);
  }
  return done;
}
