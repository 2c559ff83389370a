/** NHS numbers that the national service replaced by others: what states the old one is then compared by the new one. */
import type { Tx } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import { model } from './candidates.ts';
import { keysOf } from './matching/index.ts';
import { isNhsNumber } from './nhs-number.ts';
import { rematch } from './observe.ts';
import { Register } from './register.ts';
import { changeRows } from './store/changes.ts';
import { noteChange } from './store/memory.ts';
import { markStale, membersOf, patientsUnder } from './store/members.ts';
import { dropReplacement, putReplacement, replacements } from './store/numbers.ts';
import { recheckRows } from './store/reviews.ts';
import type { Member } from './types.ts';

export type NumberSupersession = { old: string; current: string; source: string; at: Date };

/** Notes that a number was replaced, and matches again the patients that state it. Chains are followed to their end. */
export async function supersedeNumber(
  tx: Tx,
  { old, current, source, at }: NumberSupersession,
): Promise<void> {
  if (!isNhsNumber(old) || !isNhsNumber(current)) throw refused('Both must be valid NHS numbers.');
  const last = (await replacements(tx, [current])).get(current) ?? current;
  if (last === old) throw refused('A number cannot replace itself.');
  await putReplacement(tx, { old, current: last, source, at });
  const changed = (await holdersOf(tx, old)).map((member) => withNumber(member, last));
  if (changed.length === 0) return;
  const register = new Register(tx, at, 'program');
  await register.load(changed.map(({ patientId }) => patientId));
  const rows = await rematch(tx, register, { changed, gone: [], at });
  if (rows.length > 0) await tx.copyIn(rows);
}

/** Takes that back. The patients concerned are looked at again, from what they say themselves, after the commit. */
export async function unsupersedeNumber(tx: Tx, { old, current, at }: NumberSupersession): Promise<void> {
  await dropReplacement(tx, old);
  const ids = (await holdersOf(tx, current)).map(({ patientId }) => patientId);
  await markStale(tx, ids);
  noteChange(tx);
  const rows = [...recheckRows(ids, at), ...changeRows({ patients: ids, joined: new Map(), keys: [] }, at)];
  if (rows.length > 0) await tx.copyIn(rows);
}

async function holdersOf(tx: Tx, nhsNumber: string): Promise<Member[]> {
  const under = await patientsUnder(tx, keysOf({ nhsNumber }, model).map(String));
  const members = await membersOf(tx, [...new Set([...under.values()].flat())]);
  return [...members.values()].filter((member) => member.active && member.nhsNumber === nhsNumber);
}

function withNumber(member: Member, nhsNumber: string): Member {
  const normalised = { ...member.normalised, nhsNumber };
  return { ...member, nhsNumber, normalised, body: JSON.stringify(normalised) };
}

const refused = (message: string): Problem =>
  new Problem('identity/number-refused', 400, message, { wayOut: 'Check the numbers and send them again.' });
