/** What persons and sources decide about who patients are, and how it is taken back. Each decision is one tie or several. */
import type { Tx } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import { Register } from './register.ts';
import { recheckRows } from './store/reviews.ts';
import type { Tie, TieKind } from './types.ts';

/** Who decided, why, and when. Without `from` it always was so. */
export type Decided = {
  by: string;
  reason: string;
  at: Date;
  from?: Date | undefined;
  source?: string | undefined;
};

const unknownPatient = (): Problem =>
  new Problem('identity/unknown-patient', 404, 'There is no such patient record.', {
    wayOut: 'It may have been deleted. Look at the person again.',
  });

/** A register with these patients and all that ties lead to. */
async function open(tx: Tx, patientIds: readonly string[], { at, by }: Decided): Promise<Register> {
  const register = new Register(tx, at, by);
  await register.loadReach(patientIds);
  for (const id of patientIds) if (register.members.get(id)?.active !== true) throw unknownPatient();
  return register;
}

async function close(tx: Tx, register: Register, again: readonly string[], at: Date): Promise<void> {
  const rows = [...(await register.write(tx)), ...recheckRows(again, at)];
  if (rows.length > 0) await tx.copyIn(rows);
}

const always = new Date(0);

const sinceOf = ({ from }: Decided): Date => from ?? always;

/** The order number given to a decision names it: it is taken back by this. */
export type DecisionId = { patientId: string; ord: number };

function decidedTie(
  { patientId, otherId, kind, ord }: Pick<Tie, 'patientId' | 'otherId' | 'kind' | 'ord'>,
  decided: Decided,
): Tie {
  return {
    patientId,
    otherId,
    kind,
    ord,
    method:
      kind === 'different' || kind === 'sealed' ? kind : kind === 'superseded' ? 'superseded' : 'decided',
    model: undefined,
    weight: undefined,
    evidence: undefined,
    decidedBy: decided.by,
    reason: decided.reason,
    source: decided.source,
    from: decided.from,
    recorded: decided.at,
  };
}

/**
 * Joins a patient to the person of another, because a reviewer says so. An earlier decision that the two differ is taken back.
 * Refused where the two persons hold different NHS numbers, or others of them were decided to be different.
 */
export async function decideSame(
  tx: Tx,
  { patientId, otherId }: { patientId: string; otherId: string },
  decided: Decided,
): Promise<DecisionId> {
  const register = await open(tx, [patientId, otherId], decided);
  const theirs = new Set(register.patientsOf(register.personOf(otherId) ?? ''));
  for (const tie of register.tiesOf(patientId))
    if (tie.kind === 'different' && theirs.has(otherEnd(tie, patientId))) register.untie(tie);
  const ord = register.nextOrd();
  register.tie(decidedTie({ patientId, otherId, kind: 'same', ord }, decided));
  register.settle([patientId, otherId], sinceOf(decided));
  if (register.personOf(patientId) !== register.personOf(otherId)) throw contradiction();
  await close(tx, register, [], decided.at);
  return { patientId, ord };
}

const contradiction = (): Problem =>
  new Problem(
    'identity/contradiction',
    409,
    'These two cannot be one person: they hold different NHS numbers, or records of theirs were decided to be of different people.',
    {
      wayOut:
        'Look at both persons. Take back the earlier decision, or unlink the record that is wrong, first.',
    },
  );

/**
 * Keeps a patient apart from each of the others. Kind `sealed` is for a protected change of identity: it is never shown.
 * What tied them together counts for nothing as long as this stands.
 */
export async function decideDifferent(
  tx: Tx,
  {
    patientId,
    otherIds,
    kind = 'different',
  }: { patientId: string; otherIds: readonly string[]; kind?: 'different' | 'sealed' },
  decided: Decided,
): Promise<DecisionId> {
  const register = await open(tx, [patientId], decided);
  await register.loadReach(otherIds);
  const others = new Set(otherIds.filter((id) => id !== patientId));
  for (const tie of register.tiesOf(patientId))
    if (tie.kind === 'same' && others.has(otherEnd(tie, patientId))) register.untie(tie);
  const known = new Set(
    register
      .tiesOf(patientId)
      .filter((tie) => tie.kind === kind)
      .map((tie) => otherEnd(tie, patientId)),
  );
  const ord = register.nextOrd();
  const again = [patientId, ...others];
  for (const otherId of others)
    if (!known.has(otherId)) register.tie(decidedTie({ patientId, otherId, kind, ord }, decided));
  register.settle(again, sinceOf(decided));
  await close(tx, register, again, decided.at);
  return { patientId, ord };
}

/** Takes a patient out of its person: it is none of the others of it. */
export async function unlink(tx: Tx, patientId: string, decided: Decided): Promise<DecisionId> {
  const register = await open(tx, [patientId], decided);
  const others = register.patientsOf(register.personOf(patientId) ?? '').filter((id) => id !== patientId);
  if (others.length === 0) {
    throw new Problem('identity/alone', 409, 'This record is the only one of its person.', {
      wayOut: 'There is nothing to unlink it from.',
    });
  }
  return decideDifferent(tx, { patientId, otherIds: others }, decided);
}

/** Takes back a decision of a person: all is as if it had not been made. */
export async function takeBack(tx: Tx, { patientId, ord }: DecisionId, decided: Decided): Promise<void> {
  const register = new Register(tx, decided.at, decided.by);
  await register.loadReach([patientId]);
  const ties = register.tiesOf(patientId).filter((tie) => tie.ord === ord && humanKinds.has(tie.kind));
  if (ties.length === 0) {
    throw new Problem(
      'identity/no-decision',
      404,
      'There is no such decision, or it was taken back already.',
    );
  }
  await endAndSettle(tx, register, ties, decided);
}

const humanKinds: ReadonlySet<TieKind> = new Set(['same', 'different', 'sealed']);

async function endAndSettle(
  tx: Tx,
  register: Register,
  ties: readonly Tie[],
  decided: Decided,
): Promise<void> {
  for (const tie of ties) register.untie(tie);
  const ends = [...new Set(ties.flatMap((tie) => [tie.patientId, tie.otherId]))];
  register.settle(ends, sinceOf(decided));
  await close(tx, register, ends, decided.at);
}

/** A source replaced one patient record by another: HL7 A40, A47 and the like. `from` is when it did, if not when we heard. */
export type Supersession = {
  losing: string;
  surviving: string;
  source: string;
  at: Date;
  from?: Date | undefined;
};

/**
 * Makes the losing patient the person of the surviving one, as long as this stands. Saying it again changes nothing. Gives false
 * when the two are not one person for now: two NHS numbers or a decision keep them apart, or one of them has not come yet. It
 * takes effect by itself when that changes.
 */
export async function supersede(tx: Tx, { losing, surviving, ...when }: Supersession): Promise<boolean> {
  const decided = { ...when, from: when.from ?? when.at, by: when.source, reason: 'replaced by its source' };
  const register = new Register(tx, decided.at, decided.by);
  await register.loadReach([losing, surviving]);
  if (supersessions(register, losing, surviving).length === 0) {
    const ord = register.nextOrd();
    register.tie(decidedTie({ patientId: losing, otherId: surviving, kind: 'superseded', ord }, decided));
    register.settle([losing, surviving], decided.from);
    await close(tx, register, [], decided.at);
  }
  const personId = register.personOf(surviving);
  return personId !== undefined && register.personOf(losing) === personId;
}

/** Undoes `supersede`: all is as if it had not been said. Gives false when there was nothing to undo. */
export async function unsupersede(tx: Tx, { losing, surviving, ...when }: Supersession): Promise<boolean> {
  const decided = { ...when, by: when.source, reason: 'replacement taken back by its source' };
  const register = new Register(tx, decided.at, decided.by);
  await register.loadReach([losing, surviving]);
  const ties = supersessions(register, losing, surviving);
  if (ties.length === 0) return false;
  await endAndSettle(tx, register, ties, decided);
  return true;
}

const supersessions = (register: Register, losing: string, surviving: string): Tie[] =>
  register
    .tiesOf(losing)
    .filter((tie) => tie.kind === 'superseded' && tie.patientId === losing && tie.otherId === surviving);

const otherEnd = (tie: Tie, end: string): string => (tie.patientId === end ? tie.otherId : tie.patientId);
