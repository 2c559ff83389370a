import { randomBytes } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import { pastWallDb, type Db, type Tx } from '../../../platform/db/index.ts';
import { addToKept, keptItems, keptUnder } from '../kept/store.ts';
import type { Recording } from '../session/sessions.ts';
import type { Session } from '../types.ts';

/**
 * The one name by which the OpenID library knows whoever allows an app. Who it really is stands in the leave, so that what the
 * library keeps can never take one person for another.
 */
export const somebody = 'somebody';

/** What somebody allowed an app: in which visit and role, to do what, and about whom. It ends with the visit. */
export type Leave = {
  clientId: string;
  scopes: string[];
  sessionId: string;
  roleId: string | undefined;
  /** When it was allowed, and last used: milliseconds. Written at most every half minute. */
  allowed: number;
  lastUsed?: number;
  /** The Patient as the app is told of it, and the id under which the record files it. */
  patient: { id: string; patientId: string } | undefined;
};

/** A leave whose visit is live and still in the same role. */
export type LiveLeave = Leave & { session: Session };

/** A leave with the id by which it is ended. */
export type NamedLeave = Leave & { grantId: string };

/** An app that is opened from a record, before it asks. */
export type Launch = { clientId: string; sessionId: string; patientId: string };

export type Leaves = {
  /** Keeps a leave; the launch it came by, where there was one, is used up. */
  keep(grantId: string, leave: Leave, word: string | undefined, record: Recording): Promise<void>;
  find(grantId: string | undefined): Promise<LiveLeave | undefined>;
  /** Notes that an app used its leave now. */
  use(grantId: string | undefined, leave: Leave): Promise<void>;
  /** The leaves given in these visits. */
  givenIn(sessionIds: readonly string[]): Promise<NamedLeave[]>;
  /** Ends a leave, with the tokens that hang on it. */
  end(grantId: string, record: Recording): Promise<void>;
  /** Gives the word by which the app says which launch it is. */
  open(launch: Launch, record: Recording): Promise<string>;
  /** The launch of a word, good for this visit and app. */
  launched(word: string, clientId: string, sessionId: string): Promise<Launch | undefined>;
};

const leaveSeconds = 3660;
const launchSeconds = 300;
const useMs = 30_000;
const kind = 'smart/Leave';

/** Keeps leaves and launches in the database. `liveSession` looks a visit up without prolonging it. */
export function createLeaves(
  db: Db,
  clock: Clock,
  liveSession: (id: string) => Promise<Session | undefined>,
): Leaves {
  const items = keptItems(db, clock, 'smart');
  const [kept, launches] = [items('Leave'), items('Launch')];
  const recorded = (record: Recording, work: (within: typeof items) => Promise<void>): Promise<void> =>
    pastWallDb(db, 'writing').transaction(async (tx: Tx) => {
      await work(keptItems(tx, clock, 'smart'));
      await record(tx);
    });
  return {
    keep: (grantId, leave, word, record) =>
      recorded(record, async (within) => {
        const payload = { ...leave, grantId, uid: leave.sessionId };
        await within('Leave').upsert(grantId, payload as AdapterPayload, leaveSeconds);
        if (word !== undefined) await within('Launch').destroy(word);
      }),
    async find(grantId) {
      if (grantId === undefined) return undefined;
      const leave = (await kept.find(grantId)) as unknown as Leave | undefined;
      const session = leave === undefined ? undefined : await liveSession(leave.sessionId);
      if (leave === undefined || session === undefined || session.role?.id !== leave.roleId) return undefined;
      return { ...leave, session };
    },
    async use(grantId, { lastUsed }) {
      const now = clock().getTime();
      if (grantId !== undefined && now - (lastUsed ?? 0) >= useMs)
        await addToKept(db, kind, grantId, { lastUsed: now });
    },
    givenIn: async (sessionIds) =>
      (await keptUnder(db, kind, sessionIds, clock())) as unknown as NamedLeave[],
    end: (grantId, record) =>
      recorded(record, async (within) => {
        await within('Leave').destroy(grantId);
        await within('Grant').destroy(grantId);
        await within('AccessToken').revokeByGrantId(grantId);
      }),
    async open(launch, record) {
      const word = randomBytes(32).toString('base64url');
      await recorded(record, async (within) => {
        await within('Launch').upsert(word, launch as AdapterPayload, launchSeconds);
      });
      return word;
    },
    async launched(word, clientId, sessionId) {
      const launch = (await launches.find(word)) as unknown as Launch | undefined;
      return launch?.clientId === clientId && launch.sessionId === sessionId ? launch : undefined;
    },
  };
}
