import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { createOrganisationNames } from '../describe.ts';
import type { AllowedApps } from '../visits/routes.ts';
import { findClient } from './clients.ts';
import type { Leaves, NamedLeave } from './leaves.ts';
import { scopeInWords } from './words.ts';

/** What was allowed to apps, in words for whoever allowed it. An app whose registration ended is not there: it sees nothing. */
export function allowedApps(db: Db, clock: Clock, leaves: Leaves): AllowedApps {
  const nameOf = createOrganisationNames(db, clock);
  const inWords = async (leave: NamedLeave) => {
    const client = await findClient(db, leave.clientId, clock());
    if (client === undefined) return [];
    return [
      {
        id: leave.grantId,
        visit: leave.sessionId,
        name: client.name,
        organisation: await nameOf(client.organisation),
        says: leave.scopes.flatMap((scope) => scopeInWords(scope)?.says ?? []),
        isAboutOne: leave.patient !== undefined,
        allowed: new Date(leave.allowed),
        lastUsed: leave.lastUsed === undefined ? null : new Date(leave.lastUsed),
      },
    ];
  };

  return {
    async of(sessionIds) {
      const given = await leaves.givenIn(sessionIds);
      const told = await Promise.all(given.toSorted((a, b) => b.allowed - a.allowed).map(inWords));
      return told.flat();
    },
    async end(id, sessionIds, recordingOf) {
      const leave = (await leaves.givenIn(sessionIds)).find(({ grantId }) => grantId === id);
      if (leave === undefined) return undefined;
      const name = (await findClient(db, leave.clientId, clock()))?.name ?? leave.clientId;
      await leaves.end(id, recordingOf(name));
      return name;
    },
  };
}
