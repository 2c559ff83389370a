import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { Problem } from '../../platform/errors.ts';
import { mustBePermitted, myChoices, whoseView } from '../me/index.ts';
import type { OwnViewServices } from '../types.ts';
import { catalogue, languages, staffWords } from './catalogue.ts';
import { addMyWish, endMyWish } from './change.ts';
import { wishesOf } from './store.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const change = { access: { action: 'write', resource: 'mine' } } as const;

const Wish = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('language'),
      Type.Literal('interpreter'),
      Type.Literal('contact'),
      Type.Literal('adjustment'),
    ]),
    code: Type.String({ pattern: '^[a-z-]{2,40}$' }),
    detail: Type.Optional(Type.String({ maxLength: 300 })),
  },
  { additionalProperties: false },
);
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Adds how a person wants to be reached and helped under `/api/mine/wishes`. */
export function registerWishes(app: FastifyInstance, services: OwnViewServices): void {
  const { db } = services;

  app.get('/api/mine/wishes', { config: see }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'read', myChoices(me));
    viewing.shows({ kind: 'read', patientId: me.home, type: 'Flag' });
    const wishes = (await wishesOf(db, me.patientIds)).map(({ wishId, kind, code, detail, said, ended }) => ({
      wishId,
      kind,
      code,
      detail,
      said,
      ended,
    }));
    return reply.header('cache-control', 'no-store').send({ wishes, catalogue, languages });
  });

  app.post<{ Body: Static<typeof Wish> }>(
    '/api/mine/wishes',
    { config: change, schema: { body: Wish } },
    async ({ viewing, body }) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      if (staffWords(body) === undefined)
        throw new Problem('own-view/no-such-wish', 400, 'There is no such choice.', {
          place: 'code',
          wayOut: 'Choose one from the list.',
        });
      const detail = body.detail?.trim() ?? '';
      const asked = { ...body, detail: detail === '' ? null : detail };
      const added = await addMyWish(services, viewing, me, asked);
      if (!added) viewing.shows({ kind: 'read', patientId: me.home, type: 'Flag' });
      return { changed: added };
    },
  );

  app.post<{ Params: Static<typeof Id> }>(
    '/api/mine/wishes/:id/end',
    { config: change, schema: { params: Id } },
    async ({ viewing, params }) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      const ended = await endMyWish(services, viewing, me, params.id);
      if (!ended) viewing.shows({ kind: 'read', patientId: me.home, type: 'Flag' });
      return { changed: ended };
    },
  );
}
