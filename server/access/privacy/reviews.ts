import type { FastifyRequest } from 'fastify';
import { countEvents, searchEvents } from '../../audit/index.ts';
import { Problem } from '../../platform/errors.ts';
import { ukDay } from '../moments.ts';
import { delayedUntil, delaysOf, type Delay } from '../notices/index.ts';
import { state } from '../store/facts.ts';
import { rulesInForce } from '../store/in-force.ts';
import {
  addReview,
  countUses,
  findUse,
  usesOf,
  type Outcome,
  type Review,
  type UseWithReview,
} from '../glass/store.ts';
import { putOnRecord } from '../asking/on-record.ts';
import { filterOf, linesOf, type Line } from './events.ts';
import type { Office } from './office.ts';
import type { PrivacyServices } from './services.ts';

/** One use of a broken glass, as its reviewer sees it. */
export type Use = {
  id: string;
  person: string;
  personName: string | null;
  user: string;
  reason: string;
  from: Date;
  /** When it closed, or will. */
  until: Date;
  open: boolean;
  /** What was opened under it, newest first: the last of them, and how many there are. */
  opened: Line[];
  openedInAll: number;
  review: Review | null;
  mayReview: boolean;
  /** Until when the person is not told, with the reasons recorded for it. */
  toldFrom: Date | null;
  delays: Delay[];
};

const shownOpened = 20;

/** Uses that wait for a review, or all; with what was opened under each. */
export async function usesToReview(
  services: PrivacyServices,
  office: Office,
  { waiting, count }: { waiting: boolean; count: number },
): Promise<{ uses: Use[]; all: number; waiting: number }> {
  const rows = await usesOf(services.db, { ...office, waiting, limit: count });
  const counts = await countUses(services.db, office);
  return { uses: await Promise.all(rows.map((row) => useOf(services, office, row))), ...counts };
}

async function useOf(services: PrivacyServices, office: Office, row: UseWithReview): Promise<Use> {
  const { db, clock } = services;
  const now = clock();
  const { policy } = await rulesInForce(db, ukDay(row.from.getTime()));
  const ends = row.from.getTime() + policy.breakGlass.minutes * 60_000;
  const until = new Date(Math.min(ends, row.closed?.getTime() ?? ends));
  const behind = (await services.personsOf([row.patientId])).get(row.patientId);
  const person = behind?.person ?? row.patientId;
  const filter = {
    ...filterOf(office, { user: row.user, person }),
    from: row.from,
    to: until,
  };
  const [opened, openedInAll, names, delays] = await Promise.all([
    searchEvents(db, { ...filter, limit: shownOpened }),
    countEvents(db, filter),
    office.namesOf([person]),
    delaysOf(db, behind?.patientIds ?? [row.patientId]),
  ]);
  const delayed = delayedUntil(delays, now.getTime(), policy.breakGlass.longestDelayDays);
  return {
    id: row.id,
    person,
    personName: names.get(person) ?? null,
    user: row.user,
    reason: row.reason,
    from: row.from,
    until,
    open: until > now,
    opened: await linesOf(services, office, opened),
    openedInAll,
    review: row.review,
    mayReview: row.review === null && row.user !== office.asker.subject.id,
    toldFrom: delayed === undefined ? null : new Date(delayed),
    delays,
  };
}

/** Keeps what a reviewer found. A use is reviewed once, and never by who broke the glass. */
export async function reviewUse(
  request: FastifyRequest,
  services: PrivacyServices,
  office: Office,
  { id, outcome, reason }: { id: string; outcome: Outcome; reason: string },
): Promise<void> {
  const { db, clock } = services;
  const { use, person } = await useFor(services, office, id);
  const at = clock();
  await db.transaction(async (tx) => {
    const first = await addReview(tx, use, {
      reviewer: office.asker.subject.id,
      outcome,
      reason,
      reviewed: at,
    });
    if (!first) {
      throw new Problem('privacy/reviewed', 409, 'Somebody has reviewed this use already.', {
        wayOut: 'Look at it again: what they found stands there.',
      });
    }
    const { patientId } = use;
    const rule = `reviewed-${outcome}`;
    putOnRecord(tx, request.viewing, { kind: 'decision', patientId, person, type: 'Glass', rule, reason });
  });
}

/**
 * Records a safeguarding reason for telling the person later. The delay holds from the moment the glass was broken, so that it hides that
 * use too and the policy's longest wait counts from there, however often somebody asks again. The reason is not put on the person's list.
 */
export async function delayNotice(
  request: FastifyRequest,
  services: PrivacyServices,
  office: Office,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const { db, clock } = services;
  const { use, person } = await useFor(services, office, id);
  const at = clock();
  const { policy } = await rulesInForce(db, ukDay(at.getTime()));
  const delay = { id: use.id, reason, from: use.from, to: null, by: office.asker.subject.id };
  if (delayedUntil([delay], at.getTime(), policy.breakGlass.longestDelayDays) === undefined) throw tooLate();
  await db.transaction(async (tx) => {
    const fact = { kind: 'delay-notice', reason, from: use.from.getTime(), to: null } as const;
    await state(tx, 'recorded_decision', use.patientId, fact, { by: delay.by, at });
    const { patientId } = use;
    const rule = 'delay-notice';
    putOnRecord(tx, request.viewing, { kind: 'decision', patientId, person, type: 'Notice', rule });
  });
}

/** A use that this officer may decide on: not one of their own, and not one of their own record. */
async function useFor(
  { db, personsOf }: PrivacyServices,
  { asker, organisations, notPersons }: Office,
  id: string,
): Promise<{ use: UseWithReview; person: string }> {
  const use = await findUse(db, id);
  if (use === undefined || !isAmong(organisations, use)) throw noUse();
  const person = (await personsOf([use.patientId])).get(use.patientId)?.person ?? use.patientId;
  if (notPersons.includes(person)) throw noUse();
  if (use.user === asker.subject.id) {
    throw new Problem('privacy/own-glass', 403, 'You broke this glass yourself.', {
      wayOut: 'Somebody else must check it.',
    });
  }
  return { use, person };
}

const isAmong = (organisations: readonly string[], { organisation }: UseWithReview): boolean =>
  organisation === null || organisations.includes(organisation);

const tooLate = (): Problem =>
  new Problem(
    'privacy/too-late-to-delay',
    409,
    'The person has had a right to know of this use for too long.',
    {
      wayOut: 'They are told now. Ask your Caldicott Guardian what else keeps them safe.',
    },
  );
const noUse = (): Problem =>
  new Problem('privacy/no-such-use', 404, 'There is no such use.', { wayOut: 'Go back to the list.' });
