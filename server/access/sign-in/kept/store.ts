import { createHash } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import type { Db, Queryable } from '../../../platform/db/index.ts';

/** Kinds of which many may hang on one grant, and end with it. */
const ofGrant = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

/** Kinds whose id is the token itself: it is not kept, but given back by whoever shows it. */
const tokens = new Set([...ofGrant, 'ClientCredentials']);

/**
 * Keeps what an OpenID provider must remember in the database, so that a restart or a second server changes nothing.
 * `owner` keeps two providers apart. A token is stored under its digest: who reads the table cannot use it.
 */
export function keptItems(db: Queryable, clock: Clock, owner: string): (kind: string) => Adapter {
  return (model) => {
    const kind = `${owner}/${model}`;
    return {
      async upsert(id, payload, expiresIn) {
        const expires = expiresIn === undefined ? null : new Date(clock().getTime() + expiresIn * 1000);
        const grant = ofGrant.has(model) ? (payload.grantId ?? null) : null;
        const { jti, ...rest } = payload;
        const kept = tokens.has(model) && jti === id ? rest : payload;
        await db.query(
          `insert into access.oauth_item (kind, id_digest, payload, grant_id, uid, expires)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (kind, id_digest) do update
           set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires = excluded.expires`,
          [kind, digestOf(id), JSON.stringify(kept), grant, payload.uid ?? null, expires],
        );
      },
      find: async (id) => {
        const item = found(
          await db.query(
            `select payload, consumed from access.oauth_item
             where kind = $1 and id_digest = $2 and (expires is null or expires > $3)`,
            [kind, digestOf(id), clock()],
            { name: 'access-kept-item' },
          ),
        );
        return item !== undefined && tokens.has(model) ? { ...item, jti: id } : item;
      },
      findByUid: async (uid) =>
        found(
          await db.query(
            `select payload, consumed from access.oauth_item
             where kind = $1 and uid = $2 and (expires is null or expires > $3)`,
            [kind, uid, clock()],
          ),
        ),
      /** Codes of the device flow are not offered. */
      findByUserCode: async () => undefined,
      async consume(id) {
        await db.query(
          'update access.oauth_item set consumed = $3 where kind = $1 and id_digest = $2 and consumed is null',
          [kind, digestOf(id), clock()],
        );
      },
      async destroy(id) {
        await db.query('delete from access.oauth_item where kind = $1 and id_digest = $2', [
          kind,
          digestOf(id),
        ]);
      },
      async revokeByGrantId(grantId) {
        await db.query('delete from access.oauth_item where grant_id = $1 and kind = any($2)', [
          grantId,
          [...ofGrant].map((each) => `${owner}/${each}`),
        ]);
      },
    };
  };
}

/** What is kept of a kind under these `uid`s and has not ended. */
export async function keptUnder(
  db: Db,
  kind: string,
  uids: readonly string[],
  now: Date,
): Promise<AdapterPayload[]> {
  const rows = await db.query<Row>(
    `select payload, consumed from access.oauth_item
     where kind = $1 and uid = any($2) and (expires is null or expires > $3)`,
    [kind, uids, now],
  );
  return rows.map(({ payload }) => payload);
}

/** Adds to what is kept, without prolonging it. */
export async function addToKept(
  db: Db,
  kind: string,
  id: string,
  more: Record<string, unknown>,
): Promise<void> {
  await db.query(
    'update access.oauth_item set payload = payload || $3::jsonb where kind = $1 and id_digest = $2',
    [kind, digestOf(id), JSON.stringify(more)],
  );
}

/** Removes what ended. Gives how many. */
export async function removeEnded(db: Db, now: Date): Promise<number> {
  const rows = await db.query<{ n: number }>(
    `with gone as (delete from access.oauth_item where expires <= $1 returning 1)
     select count(*)::int as n from gone`,
    [now],
  );
  return rows[0]!.n;
}

type Row = { payload: AdapterPayload; consumed: Date | null };

function found([row]: Row[]): AdapterPayload | undefined {
  if (row === undefined || row.consumed === null) return row?.payload;
  return { ...row.payload, consumed: Math.floor(row.consumed.getTime() / 1000) };
}

function digestOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
