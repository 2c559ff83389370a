import type { FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import { ukDay } from '../moments.ts';
import { putOnRecord } from '../asking/on-record.ts';
import { staffOf } from '../privacy/asker.ts';
import { state } from '../store/facts.ts';
import { rulesInForce } from '../store/in-force.ts';
import { claimHours, hourMs, isClaimable, selfClaimed as kind } from './rules.ts';
import type { StrangerServices } from './services.ts';

/** A claim: for whom, since when, and when it ends by itself; null where the policy sets no end. */
export type Claimed = { person: string; since: Date; until: Date | null };

/**
 * Says that somebody is in the care of whoever asks, where all that is missing is that this is recorded. The fact and the audit event
 * stand or fall together.
 */
export async function claim(
  request: FastifyRequest,
  services: StrangerServices,
  { person, reason }: { person: string; reason: string },
): Promise<Claimed> {
  const asker = staffOf(request);
  const { db, clock } = services;
  const pieces = await services.entriesOf(person);
  const decisions = await request.viewing.decide('read', pieces);
  if (decisions.some(({ effect }) => effect === 'permit')) throw notNeeded();
  const at = decisions.findIndex(isClaimable);
  const home = pieces[at]?.patientId;
  if (home == null) throw notOffered();
  const now = clock();
  const { policy } = await rulesInForce(db, ukDay(now.getTime()));
  const hours = claimHours(policy);
  const { id: user, post } = asker.subject;
  await db.transaction(async (tx) => {
    const fact = {
      kind,
      organisation: post.organisation.id,
      team: null,
      user,
      evidence: reason,
      from: now.getTime(),
      to: null,
    } as const;
    await state(tx, 'relationship', home, fact, { by: user, at: now });
    putOnRecord(tx, request.viewing, {
      kind: 'create',
      patientId: home,
      person,
      type: 'Relationship',
      rule: kind,
      reason,
    });
  });
  return { person, since: now, until: hours === null ? null : new Date(now.getTime() + hours * hourMs) };
}

const notNeeded = (): Problem =>
  new Problem('access/claim-not-needed', 409, 'This record is open to you already.', {
    wayOut: 'Open it. What you do not see there, another rule keeps closed.',
  });
const notOffered = (): Problem =>
  new Problem('access/no-such-person', 404, 'There is no such person here.', {
    wayOut: 'Find the person first, by NHS number and date of birth.',
  });
