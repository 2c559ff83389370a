import { endFact, factsTold, state, type Saying, type Told, type Telling } from '../../access/index.ts';
import type { Queryable, Tx } from '../../platform/db/index.ts';
import type { Me } from '../types.ts';

export type SealNow = Told<Telling['seal']>;

/** The seals in force on a person's record at a moment. */
export const sealsAt = async (db: Queryable, me: Me, at: number): Promise<SealNow[]> =>
  (await factsTold(db, 'seal', me.patientIds)).filter(
    ({ recordedTo, from, to }) => recordedTo === null && from <= at && (to === null || at < to),
  );

/** Seals an entry for all but its holder. False when it is sealed already. */
export async function sealEntry(
  tx: Tx,
  me: Me,
  entry: { patientId: string; type: string; id: string; holder: string },
  saying: Saying,
): Promise<boolean> {
  const from = saying.at.getTime();
  const known = await sealsAt(tx, me, from);
  if (known.some((seal) => isOn(seal, entry))) return false;
  const { patientId, type: resourceType, id: resourceId, holder: organisation } = entry;
  const where = { organisation, team: null, resourceType, resourceId };
  await state(tx, 'seal', patientId, { level: 'sealed', ...where, from, to: null }, saying);
  return true;
}

/** Opens what the person sealed. What staff locked stays locked: false. */
export async function openSeal(
  tx: Tx,
  me: Me,
  entry: { type: string; id: string },
  saying: Saying,
): Promise<boolean> {
  const known = await sealsAt(tx, me, saying.at.getTime());
  const seal = known.find(
    (each) => isOn(each, entry) && each.level === 'sealed' && each.saidBy === saying.by,
  );
  if (seal === undefined) return false;
  return endFact(tx, 'seal', seal.patientId, seal.factId, saying.at, saying);
}

const isOn = (seal: SealNow, { type, id }: { type: string; id: string }): boolean =>
  seal.resourceType === type && seal.resourceId === id;
