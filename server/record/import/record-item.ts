import { putOnRecord, type Viewing } from '../../access/index.ts';
import { personOfEach } from '../../people/index.ts';
import type { RecordItem } from './replay.ts';

/** Puts what is done to an item on record in the name of whoever asks: for each person whose record it changed, else about nobody. */
export const recordItem =
  (viewing: Viewing): RecordItem =>
  async (tx, rule, patientIds) => {
    const links = await personOfEach(tx, patientIds);
    const persons = new Set(patientIds.map((id) => links.get(id) ?? id));
    const done = { kind: 'update', patientId: null, type: 'QuarantineItem', rule } as const;
    if (persons.size === 0) putOnRecord(tx, viewing, done);
    else putOnRecord(tx, viewing, ...[...persons].map((person) => ({ ...done, person })));
  };
