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
import { needed, patientsOf, spanInWords, wrong, type Asked, type WorkOn } from './asked.ts';

/** A kind of fact about people, and what the audit log calls it. */
export type Facts<Kind extends FactKind> = { kind: Kind; resource: string };

/** What a fact of a kind says, as it was told. */
export type Fact<Kind extends FactKind> = Told<Telling[Kind]>;

/** How the log is told what was done, but for whose record and what of it. */
type Doing = Omit<Act, 'resource' | 'person'>;

/** Lists what the facts of a kind say now of a person, each in a line of its own; `none` where there are none. */
export function listing<Kind extends FactKind>(
  { kind, resource }: Facts<Kind>,
  none: string,
  lineOf: (fact: Fact<Kind>) => string,
): (asked: Asked, who: string | undefined) => Promise<number> {
  return async (asked, who) => {
    const person = needed('PERSON', who);
    const patientIds = await patientsOf(asked.db, 'PERSON', person);
    await asked.record.note({ kind: 'read', resource, person });
    const lines = (await toldNow(asked, kind, patientIds)).map((fact) => lineOf(fact));
    console.log(lines.length === 0 ? none : [...new Set(lines)].join('\n'));
    return 0;
  };
}

/** States a fact under every record of a person, and puts it on record in the same transaction. */
export function adding<Kind extends FactKind>(
  { kind, resource }: Facts<Kind>,
  saidIn: (asked: Asked) => Promise<{ fact: Stated[Kind]; act: Doing }>,
  afterwards = '',
): WorkOn {
  return async (asked, person) => {
    const { db, clock, record } = asked;
    const patientIds = await patientsOf(db, 'PERSON', person);
    const { fact, act } = await saidIn(asked);
    const saying = { by: record.who.user, at: clock() };
    await db.transaction(async (tx) => {
      for (const patientId of patientIds) await state(tx, kind, patientId, fact, saying);
      record.put(tx, { ...act, resource, person });
    });
    console.log(`Recorded, ${spanInWords(fact)}.${afterwards}`);
    return 0;
  };
}

/** Ends the facts that are meant, now, and puts it on record in the same transaction. */
export function ending<Kind extends FactKind>(
  { kind, resource }: Facts<Kind>,
  saidIn: (asked: Asked) => Promise<{ isMeant: (fact: Fact<Kind>) => boolean; act: Doing }>,
  afterwards = 'Ended.',
): WorkOn {
  return async (asked, person) => {
    const { db, clock, record } = asked;
    const patientIds = await patientsOf(db, 'PERSON', person);
    const { isMeant, act } = await saidIn(asked);
    const meant = (await toldNow(asked, kind, patientIds)).filter((fact) => isMeant(fact));
    if (meant.length === 0) throw wrong('--kind', 'Nothing of that kind is recorded now.');
    const saying = { by: record.who.user, at: clock() };
    await db.transaction(async (tx) => {
      for (const { patientId, factId, from } of meant)
        await endFact(tx, kind, patientId, factId, new Date(Math.max(from, saying.at.getTime())), saying);
      record.put(tx, { ...act, resource, person });
    });
    console.log(afterwards);
    return 0;
  };
}

/** What the facts of a kind say now of these patients. */
async function toldNow<Kind extends FactKind>(
  { db, clock }: Asked,
  kind: Kind,
  patientIds: readonly string[],
): Promise<Fact<Kind>[]> {
  const at = clock().getTime();
  return (await factsTold(db, kind, patientIds)).filter(
    ({ recordedTo, to }) => recordedTo === null && (to === null || to > at),
  );
}
