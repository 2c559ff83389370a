import type { PrivacyServices, StrangerServices } from './access/index.ts';

/** What finding a stranger asks for, answered by the rooms that know. */
export function strangerServices(
  checking: Pick<PrivacyServices, 'db' | 'clock' | 'personOfNumber' | 'recordsOf' | 'piecesOf'>,
): StrangerServices {
  const { db, clock, personOfNumber, recordsOf, piecesOf } = checking;
  return {
    db,
    clock,
    personOfNumber,
    async entriesOf(person) {
      const records = (await recordsOf([person])).get(person) ?? [];
      const pieces = await Promise.all(records.map(({ id }) => piecesOf('Patient', id)));
      return pieces.flatMap((each) => each ?? []);
    },
  };
}
