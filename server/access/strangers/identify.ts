import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import { refuseTooMany } from '../../platform/http/index.ts';
import { ukDay } from '../moments.ts';
import { putOnRecord } from '../asking/on-record.ts';
import { staffOf } from '../privacy/asker.ts';
import type { Policy } from '../policy/schema.ts';
import { rulesInForce } from '../store/in-force.ts';
import { claimHours, hourMs, isForCare, nextTryAt, waysTo, type Ways } from './rules.ts';
import type { StrangerServices } from './services.ts';
import { addWrongPair, oneTryAtATime, wrongPairsOf } from './store.ts';

/** Somebody who is there, and how to come to their record. */
export type Identified = {
  person: string;
  ways: Ways;
  /** How long a claim lasts; null where the policy sets no end. */
  claimHours: number | null;
};

type Pair = { nhsNumber: string; born: string };

/** A wrong pair is answered after this long, whatever was wrong with it, so that the time tells nothing. */
const wrongMs = 250;

/**
 * Finds somebody by NHS number and date of birth, both exact. A wrong pair, and somebody of whom whoever asks may not know, are one and
 * the same answer (404), which is counted; who gives several has to wait (429).
 */
export async function identify(
  request: FastifyRequest,
  services: StrangerServices,
  pair: Pair,
): Promise<Identified> {
  const asker = staffOf(request);
  const { db, clock } = services;
  const { policy } = await rulesInForce(db, ukDay(clock().getTime()));
  if (!isForCare(asker.purpose, policy)) throw notForCare();
  const answered = pause(wrongMs);
  const found = await db.transaction(async (tx) => {
    await oneTryAtATime(tx, asker.subject.id);
    const at = clock();
    const since = new Date(at.getTime() - hourMs);
    const wrong = (await wrongPairsOf(tx, asker.subject.id, since)).map((each) => each.getTime());
    refuseTooMany(Math.ceil((nextTryAt(wrong, at.getTime()) - at.getTime()) / 1_000));
    const right = await lookUp(request, services, pair, policy);
    if (right === undefined) {
      await addWrongPair(tx, asker.subject.id, at, since);
      const tried = { kind: 'search', outcome: 'refused', type: 'Patient', rule: 'wrong-pair' } as const;
      putOnRecord(tx, request.viewing, { ...tried, patientId: null });
    }
    return right;
  });
  if (found !== undefined) return found;
  await answered;
  throw nobodyKnown();
}

async function lookUp(
  { viewing }: FastifyRequest,
  services: StrangerServices,
  { nhsNumber, born }: Pair,
  policy: Policy,
): Promise<Identified | undefined> {
  const person = await services.personOfNumber(nhsNumber, born);
  if (person === undefined) return undefined;
  const pieces = await services.entriesOf(person);
  const ways = waysTo(await viewing.decide('read', pieces), policy);
  if (ways === undefined) return undefined;
  viewing.shows({ kind: 'search', patientId: pieces[0]!.patientId!, type: 'Patient' });
  return { person, ways, claimHours: claimHours(policy) };
}

const notForCare = (): Problem =>
  new Problem(
    'access/not-for-care',
    403,
    'Only somebody who cares for people may find a person whom nothing ties to them.',
    {
      wayOut:
        'Say that you look to care for somebody, if your role may. Else search among the people you may see.',
    },
  );
const nobodyKnown = (): Problem =>
  new Problem('access/nobody-known', 404, 'We know nobody with this NHS number and this date of birth.', {
    wayOut: 'Check both with the person or a letter. After three wrong pairs you have to wait.',
  });
