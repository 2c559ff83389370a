import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import { pastWallDb, type Db, type Tx } from '../../../platform/db/index.ts';
import { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import type { HeldRole, Identity, Session, TimeLimits } from '../types.ts';
import { isLive, usualLimits } from './rules.ts';
import {
  endSession,
  endSessionsOf,
  findSession,
  findSessionById,
  insertSession,
  sessionsOf,
  setRole,
  touchSession,
} from './store.ts';

/** A live visit, with what somebody signed in with. */
export type OpenVisit = Session & { device: string | null };

/** Puts on record, in the transaction of a change, what it changes. */
export type Recording = (tx: Tx) => Promise<void>;

export type Sessions = {
  /** Begins a visit, instead of another one where one is named. `word` is what the browser keeps. */
  begin(
    visit: {
      identity: Identity;
      role: HeldRole | undefined;
      device: string | undefined;
      instead: Session | undefined;
    },
    record: Recording,
  ): Promise<{ word: string; session: Session }>;
  /** The live visit a word leads to; none when it is unknown, ended or too old. Being asked keeps it alive. */
  find(word: string): Promise<Session | undefined>;
  /** A live visit by its id. Being asked does not prolong it: an app must not keep a visit open that somebody left. */
  byId(id: string): Promise<Session | undefined>;
  /** Somebody picks one of the roles they hold. */
  choose(session: Session, roleId: string, record: Recording): Promise<void>;
  /** Ends a visit. What has ended already stays so, and nothing is on record again. */
  end(session: Session, why: string, record: Recording): Promise<void>;
  /** Ends all visits of somebody, everywhere: a leaver, a stolen phone, "sign out everywhere". */
  endAll(who: { issuer: string; subject: string }, why: string, record: Recording): Promise<number>;
  /** The live visits of somebody, the one used last first. Being asked does not prolong them. */
  openOf(who: { issuer: string; subject: string }): Promise<OpenVisit[]>;
  limitsOf(identity: Identity): TimeLimits;
};

/** A visit is looked up again after this long, so that what another server ended ends here too. */
const freshMs = 500;
/** `last_seen` is written at most this often. */
const touchMs = 30_000;
const mostKept = 10_000;

/** Visits in the database, with a memory of half a second. `timedOut` puts on record that one ended by time. */
export function createSessions(
  db: Db,
  clock: Clock,
  timedOut: (session: Session) => Recording,
  limits: Record<Identity['kind'], TimeLimits> = usualLimits,
): Sessions {
  const writing = pastWallDb(db, 'writing');
  const known = new Map<string, { session: Session | undefined; readAt: number }>();
  const limitsOf = (identity: Identity): TimeLimits => limits[identity.kind];

  const look = async (word: string): Promise<Session | undefined> => {
    const kept = known.get(word);
    const now = performance.now();
    if (kept !== undefined && now - kept.readAt < freshMs) return kept.session;
    const session = await findSession(db, digestOf(word));
    if (known.size >= mostKept) known.clear();
    known.set(word, { session, readAt: now });
    return session;
  };

  const forget = (ids: readonly string[]): void => {
    for (const [word, { session }] of known)
      if (session !== undefined && ids.includes(session.id)) known.delete(word);
  };

  const end: Sessions['end'] = async ({ id }, why, record) => {
    await writing.transaction(async (tx) => {
      if (await endSession(tx, id, clock(), why)) await record(tx);
    });
    forget([id]);
  };

  return {
    limitsOf,
    async begin({ identity, role, device, instead }, record) {
      const word = randomBytes(32).toString('base64url');
      const at = clock();
      const session: Session = { id: newId(), identity, role, begun: at, lastSeen: at };
      await writing.transaction(async (tx) => {
        if (instead !== undefined) await endSession(tx, instead.id, at, 'signed-in-anew');
        await insertSession(tx, session, digestOf(word), device);
        await record(tx);
      });
      if (instead !== undefined) forget([instead.id]);
      return { word, session };
    },
    async find(word) {
      const session = await look(word);
      if (session === undefined) return undefined;
      const now = clock();
      if (!isLive(session, limitsOf(session.identity), now)) {
        await end(session, 'time', timedOut(session));
        return undefined;
      }
      if (now.getTime() - session.lastSeen.getTime() >= touchMs) {
        await touchSession(db, session.id, now);
        session.lastSeen = now;
      }
      return session;
    },
    async byId(id) {
      const session = await findSessionById(db, id);
      return session !== undefined && isLive(session, limitsOf(session.identity), clock())
        ? session
        : undefined;
    },
    async openOf(who) {
      const now = clock();
      return (await sessionsOf(db, who)).filter((each) => isLive(each, limitsOf(each.identity), now));
    },
    async choose(session, roleId, record) {
      if (!session.identity.roles.some(({ id }) => id === roleId))
        throw new Problem('sign-in/role-not-held', 403, 'You do not hold this role.', {
          place: 'role',
          wayOut: 'Choose one of the roles shown, or ask the person who manages staff access to add it.',
        });
      await writing.transaction(async (tx) => {
        if (await setRole(tx, session.id, roleId)) await record(tx);
      });
      forget([session.id]);
    },
    end,
    async endAll(who, why, record) {
      const ids = await writing.transaction(async (tx) => {
        const ended = await endSessionsOf(tx, who, clock(), why);
        if (ended.length > 0) await record(tx);
        return ended;
      });
      forget(ids);
      return ids.length;
    },
  };
}

function digestOf(word: string): Buffer {
  return createHash('sha256').update(word).digest();
}
