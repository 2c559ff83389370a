import type { Queryable, Tx } from '../../platform/db/index.ts';

export type KeyRow = { keyId: string; publicKey: Buffer; made: Date; retired: Date | null };

/** The keys of the log, the current one first. */
export async function signingKeys(db: Queryable): Promise<KeyRow[]> {
  return db.query<KeyRow>(
    `select key_id as "keyId", public_key as "publicKey", made, retired
     from audit.signing_key
     order by retired is not null, made desc`,
  );
}

/** Puts all who would begin or change the log in a row. */
export async function lockForKeys(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(7302)');
}

export async function addKey(tx: Tx, keyId: string, publicKey: Uint8Array, at: Date): Promise<void> {
  await tx.query('insert into audit.signing_key (key_id, public_key, made) values ($1, $2, $3)', [
    keyId,
    Buffer.from(publicKey),
    at,
  ]);
}

export async function beginLog(tx: Tx, origin: string, keyId: string): Promise<void> {
  await tx.query('insert into audit.log (single, origin, size, key_id) values (true, $1, 0, $2)', [
    origin,
    keyId,
  ]);
}

/** Makes another key the current one. The next checkpoint is signed by both. */
export async function replaceKey(tx: Tx, former: string, keyId: string, at: Date): Promise<void> {
  await tx.query('update audit.log set key_id = $1, former_key_id = $2', [keyId, former]);
  await tx.query('update audit.signing_key set retired = $1 where key_id = $2', [at, former]);
}
