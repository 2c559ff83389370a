import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { isDay } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import { putOnRecord } from '../asking/on-record.ts';
import { happeningBy, named } from './asker.ts';
import { findEvents } from './events.ts';
import { personToCheck } from './find-person.ts';
import { noticesForPerson } from './notices.ts';
import { oddCases } from './odd.ts';
import { officeOf, type Office } from './office.ts';
import { delayNotice, reviewUse, usesToReview } from './reviews.ts';
import type { PrivacyServices } from './services.ts';
import { addOddNote, oddStates } from './store.ts';
import { waitingFor } from './waiting.ts';
import { whoCouldSee } from '../reports/who-could-see.ts';

const see = { access: { action: 'read', resource: 'privacy' } } as const;
const change = { access: { action: 'write', resource: 'privacy' } } as const;
const mine = { access: { action: 'read', resource: 'mine' } } as const;

const Id = Type.String({ format: 'uuid' });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });

const Search = Type.Object({
  person: Type.Optional(Id),
  user: Type.Optional(Name),
  organisation: Type.Optional(Name),
  kind: Type.Optional(Name),
  outcome: Type.Optional(Name),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  before: Type.Optional(Type.Integer({ minimum: 0 })),
  count: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
const Pair = Type.Object(
  {
    nhsNumber: Type.String({ pattern: '^\\d{10}$' }),
    born: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
  },
  { additionalProperties: false },
);
const Days = Type.Object({ from: Day, to: Day });
const Uses = Type.Object({
  waiting: Type.Boolean({ default: true }),
  count: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
const Review = Type.Object({
  outcome: Type.Union([Type.Literal('justified'), Type.Literal('not-justified')]),
  reason: Reason,
});
const Delay = Type.Object({ reason: Reason });
const Noted = Type.Object({
  user: Name,
  person: Id,
  upTo: Type.Integer({ minimum: 0 }),
  state: Type.Union(oddStates.map((each) => Type.Literal(each))),
  note: Reason,
});
const OfId = Type.Object({ id: Id });

/** Adds the privacy officer's part: the log, odd accesses, broken glasses, who could see a person; and a person's notices. */
export function registerPrivacy(app: FastifyInstance, services: PrivacyServices): void {
  const { db, clock } = services;

  app.get<{ Querystring: Static<typeof Search> }>(
    '/api/privacy/events',
    { config: see, schema: { querystring: Search } },
    async (request) => {
      daysIn(request.query);
      const office = await officeOf(request, services);
      if (request.query.person !== undefined)
        await noteLook(request, services, office, 'AuditEvent', request.query.person);
      return findEvents(services, office, request.query);
    },
  );

  app.post<{ Body: Static<typeof Pair> }>(
    '/api/privacy/people',
    { config: { access: { action: 'search', resource: 'privacy' } }, schema: { body: Pair } },
    async (request) => {
      const office = await officeOf(request, services);
      const person = await personToCheck(request, services, request.body);
      if (office.notPersons.includes(person)) throw ownCase();
      await noteLook(request, services, office, 'Patient', person);
      return { person };
    },
  );

  app.get<{ Querystring: Static<typeof Days> }>(
    '/api/privacy/odd',
    { config: see, schema: { querystring: Days } },
    async (request) => {
      daysIn(request.query);
      const office = await officeOf(request, services);
      return oddCases(services, office, request.query);
    },
  );

  app.get('/api/privacy/waiting', { config: see }, async (request) =>
    waitingFor(services, await officeOf(request, services)),
  );

  app.post<{ Body: Static<typeof Noted> }>(
    '/api/privacy/odd',
    { config: change, schema: { body: Noted } },
    async (request) => {
      const { asker, notPersons } = await officeOf(request, services);
      const { user, person, upTo, state, note } = request.body;
      if (user === asker.subject.id || notPersons.includes(person)) throw ownCase();
      const at = clock();
      const reason = note.trim();
      await db.transaction(async (tx) => {
        await addOddNote(tx, { user, person, upTo, state, note: reason, by: asker.subject.id, at });
        const act = { kind: 'decision', type: 'OddAccess', rule: state, reason } as const;
        putOnRecord(tx, request.viewing, { ...act, patientId: null, person });
      });
      return { state };
    },
  );

  app.get<{ Querystring: Static<typeof Uses> }>(
    '/api/privacy/glass',
    { config: see, schema: { querystring: Uses } },
    async (request) => {
      const office = await officeOf(request, services);
      const found = await usesToReview(services, office, request.query);
      for (const person of new Set(found.uses.map((use) => use.person)))
        await noteLook(request, services, office, 'Glass', person);
      return found;
    },
  );

  app.post<{ Params: Static<typeof OfId>; Body: Static<typeof Review> }>(
    '/api/privacy/glass/:id/review',
    { config: change, schema: { params: OfId, body: Review } },
    async (request) => {
      const office = await officeOf(request, services);
      const { outcome, reason } = request.body;
      await reviewUse(request, services, office, { id: request.params.id, outcome, reason: reason.trim() });
      return { outcome };
    },
  );

  app.post<{ Params: Static<typeof OfId>; Body: Static<typeof Delay> }>(
    '/api/privacy/glass/:id/delay',
    { config: change, schema: { params: OfId, body: Delay } },
    async (request) => {
      const office = await officeOf(request, services);
      await delayNotice(request, services, office, {
        id: request.params.id,
        reason: request.body.reason.trim(),
      });
      return { delayed: true };
    },
  );

  app.get<{ Params: Static<typeof OfId> }>(
    '/api/privacy/who-could-see/:id',
    { config: see, schema: { params: OfId } },
    async (request) => {
      const office = await officeOf(request, services);
      if (office.notPersons.includes(request.params.id)) throw ownCase();
      await noteLook(request, services, office, 'WhoCouldSee', request.params.id);
      return whoCouldSee(services, request.params.id);
    },
  );

  app.get('/api/mine/notices', { config: mine }, (request) => noticesForPerson(request, services));
}

function daysIn({ from, to }: { from?: string; to?: string }): void {
  for (const [place, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDay(day)) {
      throw new Problem('privacy/days', 400, 'This is no day of the calendar.', {
        place,
        wayOut: 'Write it as year-month-day, such as 2026-05-12.',
      });
    }
  }
}

/** A look at what is known about one person is on their list too, durable before the answer leaves. The gate notes the others. */
const noteLook = (
  request: FastifyRequest,
  services: PrivacyServices,
  { asker }: Office,
  resource: string,
  person: string,
): Promise<void> =>
  services.log.note({
    ...happeningBy(request, asker, services.clock()),
    ...named(request, services),
    kind: 'search',
    outcome: 'permitted',
    resource,
    rule: 'oversight',
    person,
  });

const ownCase = (): Problem =>
  new Problem('privacy/own-case', 403, 'This is about yourself.', {
    wayOut: 'Another privacy officer must look at it.',
  });
