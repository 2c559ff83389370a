import type { PrivacyServices, StrangerServices } from './access/index.ts';
import { personOfNumber } from './people/index.ts';

/** What finding a stranger asks for, answered by the rooms that know. */
export function strangerServices(checking: PrivacyServices): StrangerServices {
  const { db, clock, log, userNameOf, recordsOf, piecesOf } = checking;
  return {
    db,
    clock,
    log,
    userNameOf,
    personOfNumber: async (nhsNumber, born) => (await personOfNumber(db, nhsNumber, born))?.person,
    async entriesOf(person) {
      const records = (await recordsOf([person])).get(person) ?? [];
      const pieces = await Promise.all(records.map(({ id }) => piecesOf('Patient', id)));
      return pieces.flatMap((each) => each ?? []);
    },
  };
}
