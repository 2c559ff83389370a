import {
  endFact,
  factsTold,
  state,
  type FactKind,
  type Stated,
  type Telling,
  type Told,
} from '../../access/index.ts';
import type { Act } from '../on-record/index.ts';
import { wrong, type Asked } from './asked.ts';

/** What the facts of a kind say now of these patients, each once, however many records of the person say so. */
export async function toldNow<Kind extends FactKind>(
  { db, clock }: Asked,
  kind: Kind,
  patientIds: readonly string[],
): Promise<Told<Telling[Kind]>[]> {
  const at = clock().getTime();
  return (await factsTold(db, kind, patientIds)).filter(
    ({ recordedTo, to }) => recordedTo === null && (to === null || to > at),
  );
}

/** States a fact under every record of a person, and puts it on record in the same transaction. */
export async function stateOf<Kind extends FactKind>(
  { db, clock, record }: Asked,
  kind: Kind,
  patientIds: readonly string[],
  fact: Stated[Kind],
  act: Act,
): Promise<void> {
  const saying = { by: record.who.user, at: clock() };
  await db.transaction(async (tx) => {
    for (const patientId of patientIds) await state(tx, kind, patientId, fact, saying);
    record.put(tx, act);
  });
}

/** Ends facts now, and puts it on record in the same transaction. */
export async function endOf<Kind extends FactKind>(
  { db, clock, record }: Asked,
  kind: Kind,
  facts: readonly Told<Telling[Kind]>[],
  act: Act,
): Promise<void> {
  if (facts.length === 0) throw wrong('--kind', 'Nothing of that kind is recorded now.');
  const saying = { by: record.who.user, at: clock() };
  await db.transaction(async (tx) => {
    for (const { patientId, factId, from } of facts)
      await endFact(tx, kind, patientId, factId, new Date(Math.max(from, saying.at.getTime())), saying);
    record.put(tx, act);
  });
}
