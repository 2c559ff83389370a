import type { PrivacyServices, StrangerServices } from './access/index.ts';
import { personOfNumber } from './people/index.ts';

/** What finding a stranger asks for, answered by the rooms that know. */
export function strangerServices(
  checking: Pick<PrivacyServices, 'db' | 'clock' | 'recordsOf' | 'piecesOf'>,
): StrangerServices {
  const { db, clock, recordsOf, piecesOf } = checking;
  return {
    db,
    clock,
    personOfNumber: async (nhsNumber, born) => (await personOfNumber(db, nhsNumber, born))?.person,
    async entriesOf(person) {
      const records = (await recordsOf([person])).get(person) ?? [];
      const pieces = await Promise.all(records.map(({ id }) => piecesOf('Patient', id)));
      return pieces.flatMap((each) => each ?? []);
    },
  };
}
