import type { Queryable, Tx } from '../../platform/db/index.ts';
import type { Followed } from './rules.ts';

/** What is known of a log that is followed; its row is locked until the transaction ends. */
export async function lockFollowed(tx: Tx, origin: string): Promise<Followed | undefined> {
  const [row] = await tx.query<Followed>(
    'select keys, size, note from audit.followed where origin = $1 for update',
    [origin],
  );
  return row;
}

export async function keepCosigned(tx: Tx, origin: string, size: number, note: string): Promise<void> {
  await tx.query('update audit.followed set size = $2, note = $3 where origin = $1', [origin, size, note]);
}

/** Follows a log from now on, or gives it other keys. What was co-signed stays. */
export async function follow(db: Queryable, origin: string, keys: readonly string[]): Promise<void> {
  await db.query(
    `insert into audit.followed (origin, keys, size)
     values ($1, $2, 0)
     on conflict (origin) do update
     set keys = excluded.keys`,
    [origin, keys],
  );
}

export async function followedLogs(
  db: Queryable,
): Promise<{ origin: string; size: number; note: string | null }[]> {
  return db.query('select origin, size, note from audit.followed order by origin');
}

export type WitnessRow = {
  name: string;
  url: string;
  key: string;
  size: number;
  tried: Date | null;
  fault: string | null;
};

export async function witnesses(db: Queryable): Promise<WitnessRow[]> {
  return db.query('select name, url, key, size, tried, fault from audit.witness order by name');
}

/** Asks a witness from now on. */
export async function addWitness(
  db: Queryable,
  { name, url, key }: { name: string; url: string; key: string },
): Promise<void> {
  await db.query(
    `insert into audit.witness (name, url, key, size)
     values ($1, $2, $3, 0)
     on conflict (name) do update
     set url = excluded.url, key = excluded.key, fault = null`,
    [name, url, key],
  );
}

export async function removeWitness(db: Queryable, name: string): Promise<boolean> {
  return (await db.query('delete from audit.witness where name = $1 returning name', [name])).length > 0;
}

/** Keeps what a witness signed. */
export async function keepCosignature(
  tx: Tx,
  { name, size, line, at }: { name: string; size: number; line: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into audit.cosignature (size, name, line)
     values ($1, $2, $3)
     on conflict (size, name) do nothing`,
    [size, name, line],
  );
  await tx.query('update audit.witness set size = $2, tried = $3, fault = null where name = $1', [
    name,
    size,
    at,
  ]);
}

export async function keepFault(db: Queryable, name: string, fault: string, at: Date): Promise<void> {
  await db.query('update audit.witness set tried = $2, fault = $3 where name = $1', [name, at, fault]);
}
