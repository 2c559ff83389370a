import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { dayOf } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import { mustBePermitted, myAccessList, whoseView } from '../me/index.ts';
import { questions } from '../questions/index.ts';
import type { OwnViewServices } from '../types.ts';
import { checkPage } from './check-page.ts';
import { eventsOn, listsOf } from './lists.ts';
import { namesIn } from './names.ts';
import { daysOf, headlineOf } from './rules.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const take = { access: { action: 'export', resource: 'mine' } } as const;

const Pages = Type.Object({
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  before: Type.Optional(Type.Integer({ minimum: 0 })),
});
const Which = Type.Object({ list: Type.String({ format: 'uuid' }) });

/** Adds who looked at a person's record, with its proof, under `/api/mine/who-looked`. */
export function registerWhoLooked(app: FastifyInstance, services: OwnViewServices): void {
  const { db, clock, organisations, proofs } = services;

  app.get<{ Querystring: Static<typeof Pages> }>(
    '/api/mine/who-looked',
    { config: see, schema: { querystring: Pages } },
    async ({ viewing, query }) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'read', myAccessList(me));
      const { ids, astray } = await listsOf(db, me);
      const { upTo, events } = await eventsOn(services, me, ids);
      const names = await namesIn(db, events, organisations, dayOf(clock()));
      const count = query.count ?? 100;
      const from = query.before === undefined ? 0 : events.findIndex(({ seq }) => seq < query.before!);
      const page = from < 0 ? [] : events.slice(from, from + count);
      const asked = await questions.of(db, me.patientIds);
      viewing.shows({ kind: 'read', patientId: me.home, type: 'AuditEvent' });
      return {
        upTo,
        headline: headlineOf(events, me.user, names),
        days: daysOf(page, me.user, names),
        next: from >= 0 && from + count < events.length ? page.at(-1)!.seq : null,
        astray,
        lists: ids,
        asked: asked.flatMap(({ eventId, state }) => (eventId === null ? [] : [{ eventId, state }])),
      };
    },
  );

  app.get<{ Params: Static<typeof Which> }>(
    '/api/mine/who-looked/proof/:list',
    { config: take, schema: { params: Which } },
    async ({ viewing, params }, reply) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'read', myAccessList(me));
      const { ids } = await listsOf(db, me);
      if (!ids.includes(params.list))
        throw new Problem('own-view/not-on-your-list', 404, 'There is no such list of yours.');
      const { isDelayed } = await eventsOn(services, me, ids);
      if (isDelayed)
        throw new Problem('own-view/list-later', 409, 'The list cannot be saved today.', {
          wayOut: 'Try again later, or ask the privacy officer.',
        });
      viewing.shows({ kind: 'export', patientId: me.home, type: 'AuditEvent' });
      return reply
        .headers({
          'cache-control': 'no-store',
          'content-disposition': 'attachment; filename="who-looked.json"',
        })
        .send(await proofs.list({ kind: 'person', id: params.list }));
    },
  );

  app.get('/api/mine/who-looked/check', { config: see }, async ({ viewing }, reply) => {
    await whoseView(db, viewing);
    return reply
      .headers({ 'content-disposition': 'attachment; filename="check-my-list.html"' })
      .type('text/html; charset=utf-8')
      .send(checkPage(await services.logKeys()));
  });
}
