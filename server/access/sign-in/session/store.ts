import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { HeldRole, Identity, Session } from '../types.ts';

type Row = {
  session_id: string;
  identity: Identity;
  role_id: string | null;
  begun: Date;
  last_seen: Date;
};

/** Writes a new visit. */
export async function insertSession(
  db: Queryable,
  session: Session,
  wordDigest: Buffer,
  device: string | undefined,
): Promise<void> {
  const { id, identity, role, begun, lastSeen } = session;
  await db.query(
    `insert into access.session (session_id, word_digest, issuer, subject, identity, role_id, begun, last_seen, device)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      wordDigest,
      identity.issuer,
      identity.subject,
      JSON.stringify(identity),
      role?.id ?? null,
      begun,
      lastSeen,
      device ?? null,
    ],
  );
}

/** The visit a word leads to, unless it was ended. */
export async function findSession(db: Queryable, wordDigest: Buffer): Promise<Session | undefined> {
  const [row] = await db.query<Row>(
    `select session_id, identity, role_id, begun, last_seen
     from access.session where word_digest = $1 and ended is null`,
    [wordDigest],
    { name: 'access-session' },
  );
  return row === undefined ? undefined : sessionOf(row);
}

/** The visit of this id, unless it was ended. */
export async function findSessionById(db: Queryable, id: string): Promise<Session | undefined> {
  const [row] = await db.query<Row>(
    `select session_id, identity, role_id, begun, last_seen
     from access.session where session_id = $1 and ended is null`,
    [id],
    { name: 'access-session-by-id' },
  );
  return row === undefined ? undefined : sessionOf(row);
}

/** Every visit of somebody that was not ended, with what they signed in with; the newest first. Some may be too old to be live. */
export async function sessionsOf(
  db: Queryable,
  who: { issuer: string; subject: string },
): Promise<(Session & { device: string | null })[]> {
  const rows = await db.query<Row & { device: string | null }>(
    `select session_id, identity, role_id, begun, last_seen, device
     from access.session
     where issuer = $1
       and subject = $2
       and ended is null
     order by last_seen desc, session_id`,
    [who.issuer, who.subject],
  );
  return rows.map((row) => ({ ...sessionOf(row), device: row.device }));
}

function sessionOf(row: Row): Session {
  return {
    id: row.session_id,
    identity: row.identity,
    role: roleOf(row.identity, row.role_id),
    begun: row.begun,
    lastSeen: row.last_seen,
  };
}

function roleOf(identity: Identity, roleId: string | null): HeldRole | undefined {
  return identity.roles.find(({ id }) => id === roleId);
}

/** Notes that something was asked in this visit. Never back in time. */
export async function touchSession(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query(
    'update access.session set last_seen = $2 where session_id = $1 and last_seen < $2 and ended is null',
    [id, at],
    { name: 'access-session-touch' },
  );
}

/** Sets the role somebody acts in. False when the visit has ended. */
export async function setRole(tx: Tx, id: string, roleId: string): Promise<boolean> {
  const rows = await tx.query(
    `update access.session set role_id = $2
     where session_id = $1 and ended is null returning 1`,
    [id, roleId],
  );
  return rows.length > 0;
}

/** Ends one visit. False when it was ended already. */
export async function endSession(tx: Tx, id: string, at: Date, why: string): Promise<boolean> {
  const rows = await tx.query(
    `update access.session set ended = $2, ended_why = $3
     where session_id = $1 and ended is null returning 1`,
    [id, at, why],
  );
  return rows.length > 0;
}

/** Ends every visit of somebody, on every device. Gives their ids. */
export async function endSessionsOf(
  db: Queryable,
  who: { issuer: string; subject: string },
  at: Date,
  why: string,
): Promise<string[]> {
  const rows = await db.query<{ session_id: string }>(
    `update access.session set ended = $3, ended_why = $4
     where issuer = $1 and subject = $2 and ended is null returning session_id`,
    [who.issuer, who.subject, at, why],
  );
  return rows.map((row) => row.session_id);
}

/** Ends the visits of one user, written as provider and subject with a colon between, or of everybody. Gives how many. */
export async function endVisits(
  db: Queryable,
  user: string | undefined,
  { at, why }: { at: Date; why: string },
): Promise<number> {
  const rows = await db.query(
    `update access.session set ended = $2, ended_why = $3
     where ended is null
       and ($1::text is null or (identity->>'provider') || ':' || subject = $1)
     returning 1`,
    [user ?? null, at, why],
  );
  return rows.length;
}

/** How many visits of each user were begun and not ended. Some may be too old to be live. */
export async function countVisits(
  db: Queryable,
): Promise<{ user: string; visits: number; lastSeen: Date }[]> {
  return db.query<{ user: string; visits: number; lastSeen: Date }>(
    `select (identity->>'provider') || ':' || subject as "user",
        count(*)::int as visits,
        max(last_seen) as "lastSeen"
     from access.session
     where ended is null
     group by 1
     order by max(last_seen) desc, 1`,
  );
}
