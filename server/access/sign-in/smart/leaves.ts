import { randomBytes } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { keptItems } from '../kept/store.ts';
import type { Session } from '../types.ts';

/**
 * The one name by which the OpenID library knows whoever allows an app. Who it really is stands in the leave, so that what the
 * library keeps can never take one person for another.
 */
export const somebody = 'somebody';

/** What somebody allowed an app: in which visit and role, and about whom. It ends with the visit. */
export type Leave = {
  sessionId: string;
  roleId: string | undefined;
  /** The Patient as the app is told of it, and the id under which the record files it. */
  patient: { id: string; patientId: string } | undefined;
};

/** A leave whose visit is live and still in the same role. */
export type LiveLeave = Leave & { session: Session };

/** An app that is opened from a record, before it asks. */
export type Launch = { clientId: string; sessionId: string; patientId: string };

export type Leaves = {
  keep(grantId: string, leave: Leave): Promise<void>;
  find(grantId: string | undefined): Promise<LiveLeave | undefined>;
  /** Gives the word by which the app says which launch it is. */
  open(launch: Launch): Promise<string>;
  /** The launch of a word, good for this visit and app. */
  launched(word: string, clientId: string, sessionId: string): Promise<Launch | undefined>;
  /** A launch is good once. */
  used(word: string): Promise<void>;
};

const leaveSeconds = 3660;
const launchSeconds = 300;

/** Keeps leaves and launches in the database. `liveSession` looks a visit up without prolonging it. */
export function createLeaves(
  db: Db,
  clock: Clock,
  liveSession: (id: string) => Promise<Session | undefined>,
): Leaves {
  const items = keptItems(db, clock, 'smart');
  const [kept, launches] = [items('Leave'), items('Launch')];
  return {
    keep: async (grantId, { sessionId, roleId, patient }) => {
      await kept.upsert(grantId, { sessionId, roleId, patient } as AdapterPayload, leaveSeconds);
    },
    async find(grantId) {
      if (grantId === undefined) return undefined;
      const leave = (await kept.find(grantId)) as unknown as Leave | undefined;
      const session = leave === undefined ? undefined : await liveSession(leave.sessionId);
      if (leave === undefined || session === undefined || session.role?.id !== leave.roleId) return undefined;
      return { ...leave, session };
    },
    async open(launch) {
      const word = randomBytes(32).toString('base64url');
      await launches.upsert(word, launch as AdapterPayload, launchSeconds);
      return word;
    },
    async launched(word, clientId, sessionId) {
      const launch = (await launches.find(word)) as unknown as Launch | undefined;
      return launch?.clientId === clientId && launch.sessionId === sessionId ? launch : undefined;
    },
    used: (word) => launches.destroy(word) as Promise<void>,
  };
}
