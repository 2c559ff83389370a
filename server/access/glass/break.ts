import type { FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import { reasonsToTell } from '../decide/explain.ts';
import { ukDay } from '../moments.ts';
import { addNotices } from '../notices/index.ts';
import { putOnRecord } from '../asking/on-record.ts';
import { staffOf } from '../privacy/asker.ts';
import type { PrivacyServices } from '../privacy/services.ts';
import { endFact, state } from '../store/facts.ts';
import { rulesInForce } from '../store/in-force.ts';
import type { Decision } from '../types.ts';
import { glassPieces, outcomeOf } from './rules.ts';
import { openUsesOf, type GlassRow } from './store.ts';

/** A glass that is open: for whom, since when, and when it closes by itself. */
export type OpenGlass = { person: string; since: Date; until: Date; reason: string };

/**
 * Breaks the glass of one person for whoever asks, where the rules allow it for a reason. The fact, the notices and the audit
 * event stand or fall together.
 */
export async function breakGlass(
  request: FastifyRequest,
  services: PrivacyServices,
  { person, reason }: { person: string; reason: string },
): Promise<OpenGlass> {
  const asker = staffOf(request);
  const { db, clock } = services;
  const records = (await services.recordsOf([person])).get(person) ?? [];
  if (records.length === 0) throw noPerson();
  const outcome = outcomeOf(await request.viewing.decide('read', glassPieces(records)));
  if (outcome.kind === 'nothing-more') throw nothingMore();
  if (outcome.kind === 'refused') throw refused(outcome.decision);
  const at = clock();
  const home = records[0]!.patientId;
  await db.transaction(async (tx) => {
    const { id: user, post } = asker.subject;
    const use = { user, organisation: post.organisation.id, reason, from: at.getTime(), to: null };
    const fact = await state(tx, 'glass', home, use, { by: asker.subject.id, at });
    await addNotices(tx, home, fact, at);
    putOnRecord(tx, request.viewing, {
      kind: 'break-glass',
      patientId: home,
      person,
      type: 'Glass',
      rule: outcome.decision.reasons[0]?.rule ?? 'break-glass',
      reason,
      purpose: 'BTG',
    });
  });
  return { person, since: at, until: await endOf(services, at), reason };
}

/** What whoever asks has open now. */
export async function openGlass(request: FastifyRequest, services: PrivacyServices): Promise<OpenGlass[]> {
  const asker = staffOf(request);
  const uses = await openUses(services, asker.subject.id);
  const persons = await services.personsOf(uses.map(({ patientId }) => patientId));
  return Promise.all(
    uses.map(async ({ patientId, from, reason }) => ({
      person: persons.get(patientId)?.person ?? patientId,
      since: from,
      until: await endOf(services, from),
      reason,
    })),
  );
}

/** Closes what whoever asks has open of a person. Gives how many times it was broken. */
export async function closeGlass(
  request: FastifyRequest,
  services: PrivacyServices,
  person: string,
): Promise<number> {
  const asker = staffOf(request);
  const { db, clock } = services;
  const known = new Set((await services.recordsOf([person])).get(person)?.map(({ patientId }) => patientId));
  const uses = (await openUses(services, asker.subject.id)).filter(({ patientId }) => known.has(patientId));
  if (uses.length === 0) return 0;
  const at = clock();
  await db.transaction(async (tx) => {
    for (const { patientId, id } of uses)
      await endFact(tx, 'glass', patientId, id, at, { by: asker.subject.id, at });
    const { patientId } = uses[0]!;
    const rule = 'closed-early';
    putOnRecord(tx, request.viewing, { kind: 'operate', patientId, person, type: 'Glass', rule });
  });
  return uses.length;
}

async function openUses({ db, clock }: PrivacyServices, user: string): Promise<GlassRow[]> {
  const now = clock();
  const { policy } = await rulesInForce(db, ukDay(now.getTime()));
  return openUsesOf(db, user, new Date(now.getTime() - policy.breakGlass.minutes * 60_000), now);
}

async function endOf({ db }: PrivacyServices, from: Date): Promise<Date> {
  const { policy } = await rulesInForce(db, ukDay(from.getTime()));
  return new Date(from.getTime() + policy.breakGlass.minutes * 60_000);
}

const noPerson = (): Problem =>
  new Problem('access/no-such-person', 404, 'There is no such person here.', {
    wayOut: 'Find the person first, and break the glass from their page.',
  });

const nothingMore = (): Problem =>
  new Problem('access/nothing-to-open', 409, 'A broken glass would show you nothing more of this person.', {
    wayOut: 'Open their record. What you do not see there, no emergency opens for your role.',
  });

function refused(decision: Decision | undefined): Problem {
  if (decision === undefined || decision.silent) return noPerson();
  const [reason] = reasonsToTell(decision);
  return new Problem('access/glass-refused', 403, reason?.says ?? 'You may not break the glass.', {
    place: reason?.rule ?? 'glass',
    wayOut: reason?.wayOut ?? 'Ask your privacy officer.',
  });
}
