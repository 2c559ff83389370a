import type { Client } from 'pg';
import { errorCode } from '../failures.ts';
import type { Queryable, Tx } from '../types.ts';

/** Names of advisory locks: the gate that writers pass, and the sign that a holder lives. */
const gate = '7311, 0';
const livingHolders = 7312;
const lockTimeout = '55P03';

/** Where holders are asked to give the lease up. */
export const channel = 'openics_lease';

/** Who holds the lease: the holder is a new one for each time it is taken; a party takes it many times. */
export type Holding = { holder: string; party: string; lock: number };

/** Passes the gate until the transaction ends. Gives who holds the lease. */
export async function enter(tx: Tx): Promise<{ holder: string; party: string } | undefined> {
  const [row] = await tx.query<{ holder: string | null; party: string | null }>(
    'select holder, party from platform.enter_lease()',
    [],
    { name: 'lease-enter' },
  );
  if (row === undefined || row.holder === null || row.party === null) return undefined;
  return { holder: row.holder, party: row.party };
}

export async function askToLeave(db: Queryable, holder: string): Promise<void> {
  await db.query(`select pg_notify('${channel}', $1::text)`, [holder], { name: 'lease-ask' });
}

/** Whether a holder has left, lives, or died without leaving. */
export async function stateOf(db: Queryable, holder: string): Promise<'left' | 'alive' | 'dead'> {
  const [row] = await db.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock_shared(${livingHolders}, lock) as free
     from platform.lease
     where holder = $1::uuid`,
    [holder],
    { name: 'lease-state' },
  );
  return row === undefined ? 'left' : row.free ? 'dead' : 'alive';
}

/** Ends the connection of a holder that does not answer. */
export async function putOut(db: Queryable, holder: string): Promise<void> {
  await db.query(
    `select pg_terminate_backend(k.pid)
     from platform.lease l
     join pg_locks k on k.locktype = 'advisory'
       and k.database = (select oid from pg_database where datname = current_database())
       and k.classid = ${livingHolders}
       and k.objid = l.lock
       and k.granted
     where l.holder = $1::uuid`,
    [holder],
  );
}

export async function remove(db: Queryable, holder: string): Promise<void> {
  await db.query('delete from platform.lease where holder = $1::uuid', [holder], { name: 'lease-remove' });
}

/** Makes a connection ready to hold the lease; its own sign of life is locked as long as it lasts. False when the sign is taken. */
export async function prepare(client: Client, lock: number, waitMs: number): Promise<boolean> {
  await client.query(`set lock_timeout = ${waitMs}; listen ${channel}`);
  const found = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${livingHolders}, $1) as taken`,
    [lock],
  );
  return found.rows[0]!.taken;
}

/** Waits until no writer is under way and keeps others out. False when that takes too long. */
export async function closeGate(client: Client): Promise<boolean> {
  try {
    await client.query(`select pg_advisory_lock(${gate})`);
    return true;
  } catch (error) {
    if (errorCode(error) === lockTimeout) return false;
    throw error;
  }
}

export const openGate = async (client: Client): Promise<void> =>
  void (await client.query(`select pg_advisory_unlock(${gate})`));

export async function current(client: Client): Promise<Holding | undefined> {
  const found = await client.query<Holding>('select holder, party, lock from platform.lease');
  return found.rows[0];
}

export async function isDead(client: Client, { lock }: Holding): Promise<boolean> {
  const found = await client.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock_shared(${livingHolders}, $1) as free`,
    [lock],
  );
  return found.rows[0]!.free;
}

export async function put(client: Client, { holder, party, lock }: Holding): Promise<void> {
  await client.query(
    `insert into platform.lease (holder, party, lock)
     values ($1, $2, $3)
     on conflict (only_one) do update
     set holder = excluded.holder, party = excluded.party, lock = excluded.lock`,
    [holder, party, lock],
  );
}

export async function leave(client: Client, party: string): Promise<void> {
  await client.query('delete from platform.lease where party = $1', [party]);
}

/** True when the connection that answers is the one that locked the sign of life. */
export async function stillHolds(client: Client, lock: number): Promise<boolean> {
  const found = await client.query(
    `select 1
     from pg_locks
     where locktype = 'advisory'
       and classid = ${livingHolders}
       and objid = $1
       and pid = pg_backend_pid()
       and granted`,
    [lock],
  );
  return found.rows.length > 0;
}
