import type { FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import type { PrivacyServices } from './services.ts';

/**
 * The person of an NHS number and a date of birth, both exact, for whoever checks on accesses. A wrong pair, and somebody of whom they may
 * not know, are one and the same answer: a Problem (404).
 */
export async function personToCheck(
  { viewing }: FastifyRequest,
  { personOfNumber, recordsOf, piecesOf }: PrivacyServices,
  pair: { nhsNumber: string; born: string },
): Promise<string> {
  const person = await personOfNumber(pair.nhsNumber, pair.born);
  if (person === undefined) throw nobodyKnown();
  const records = (await recordsOf([person])).get(person) ?? [];
  const entries = await Promise.all(records.map(({ id }) => piecesOf('Patient', id)));
  const decisions = await viewing.decide(
    'read',
    entries.flatMap((each) => each ?? []),
  );
  if (decisions.length === 0 || decisions.some(({ silent }) => silent)) throw nobodyKnown();
  return person;
}

const nobodyKnown = (): Problem =>
  new Problem('privacy/nobody-known', 404, 'We know nobody with this NHS number and this date of birth.', {
    wayOut: 'Check both with the person or a letter.',
  });
