import { endFact, factsTold, state, type ChoiceKind, type Saying } from '../../access/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Me } from '../types.ts';

type Which = { kind: ChoiceKind; organisation: string | null };

/**
 * States a choice under every record the person has, so that it stays with each should they be parted. It holds from its commit on.
 * False when it was in force already.
 */
export async function choose(
  tx: Tx,
  me: Me,
  { kind, organisation }: Which,
  saying: Saying,
): Promise<boolean> {
  const known = (await factsTold(tx, 'choice', me.patientIds)).filter(
    (fact) => fact.recordedTo === null && fact.to === null && isThis(fact, { kind, organisation }),
  );
  const without = me.patientIds.filter((id) => !known.some(({ patientId }) => patientId === id));
  const choice = { kind, organisation, user: null, project: null, from: saying.at.getTime(), to: null };
  for (const patientId of without) await state(tx, 'choice', patientId, choice, saying);
  return without.length > 0;
}

/** Takes a choice back under every record. What was chosen before stays on file, ended. False when it was not in force. */
export async function takeBackChoice(tx: Tx, me: Me, which: Which, saying: Saying): Promise<boolean> {
  const open = (await factsTold(tx, 'choice', me.patientIds)).filter(
    (fact) => fact.recordedTo === null && fact.to === null && isThis(fact, which),
  );
  for (const { patientId, factId } of open) await endFact(tx, 'choice', patientId, factId, saying.at, saying);
  return open.length > 0;
}

const isThis = (fact: Which, { kind, organisation }: Which): boolean =>
  fact.kind === kind && fact.organisation === organisation;
