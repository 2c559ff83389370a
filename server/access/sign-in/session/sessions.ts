import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
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

export type Sessions = {
  /** Begins a visit. `word` is what the browser keeps. */
  begin(
    identity: Identity,
    role: HeldRole | undefined,
    device?: string,
  ): Promise<{ word: string; session: Session }>;
  /** The live visit a word leads to; none when it is unknown, ended or too old. Being asked keeps it alive. */
  find(word: string): Promise<Session | undefined>;
  /** A live visit by its id. Being asked does not prolong it: an app must not keep a visit open that somebody left. */
  byId(id: string): Promise<Session | undefined>;
  /** Somebody picks one of the roles they hold. */
  choose(session: Session, roleId: string): Promise<void>;
  end(session: Session, why: string): Promise<void>;
  /** Ends all visits of somebody, everywhere: a leaver, a stolen phone, "sign out everywhere". */
  endAll(who: { issuer: string; subject: string }, why: string): Promise<number>;
  /** The live visits of somebody, the one used last first. Being asked does not prolong them. */
  openOf(who: { issuer: string; subject: string }): Promise<OpenVisit[]>;
  limitsOf(identity: Identity): TimeLimits;
};

/** A visit is looked up again after this long, so that what another server ended ends here too. */
const freshMs = 500;
/** `last_seen` is written at most this often. */
const touchMs = 30_000;
const mostKept = 10_000;

/** Visits in the database, with a memory of half a second. */
export function createSessions(
  db: Db,
  clock: Clock,
  limits: Record<Identity['kind'], TimeLimits> = usualLimits,
): Sessions {
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

  return {
    limitsOf,
    async begin(identity, role, device) {
      const word = randomBytes(32).toString('base64url');
      const at = clock();
      const session: Session = { id: newId(), identity, role, begun: at, lastSeen: at };
      await insertSession(db, session, digestOf(word), device);
      return { word, session };
    },
    async find(word) {
      const session = await look(word);
      if (session === undefined) return undefined;
      const now = clock();
      if (!isLive(session, limitsOf(session.identity), now)) {
        await endSession(db, session.id, now, 'time');
        forget([session.id]);
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
    async choose(session, roleId) {
      if (!session.identity.roles.some(({ id }) => id === roleId))
        throw new Problem('sign-in/role-not-held', 403, 'You do not hold this role.', {
          place: 'role',
          wayOut: 'Choose one of the roles shown, or ask the person who manages staff access to add it.',
        });
      await setRole(db, session.id, roleId);
      forget([session.id]);
    },
    async end(session, why) {
      await endSession(db, session.id, clock(), why);
      forget([session.id]);
    },
    async endAll(who, why) {
      const ids = await endSessionsOf(db, who, clock(), why);
      forget(ids);
      return ids.length;
    },
  };
}

function digestOf(word: string): Buffer {
  return createHash('sha256').update(word).digest();
}
