import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { actsFor, type Purpose, type Viewing } from '../../access/index.ts';
import { pastWallDb } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { personNow, whoseView } from '../me/index.ts';
import { actingAt } from '../people/index.ts';
import type { Me, OwnViewServices } from '../types.ts';
import { loadShown } from './load.ts';
import { plainRecord } from './plain.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const Person = Type.Object({ person: Type.String({ format: 'uuid' }) });

/** For what purpose somebody asks who acts for another, by what they are to them. */
const proxyPurposes: readonly Purpose[] = ['FAMRQT', 'PWATRNY'];

/** Adds a person's record in plain words: their own, and that of whom they act for, as far as that goes. */
export function registerPlainRecord(app: FastifyInstance, services: OwnViewServices): void {
  const { db, clock } = services;
  const record = async (viewing: Viewing, me: Me) => {
    const { view, entries, find } = await loadShown(services, viewing, me);
    const resources = entries.map(({ resource }) => resource);
    return { personId: me.personId, ...plainRecord(view, resources, find, clock()) };
  };

  app.get('/api/mine/record', { config: see }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    return reply.header('cache-control', 'no-store').send(await record(viewing, me));
  });

  app.get<{ Params: Static<typeof Person> }>(
    '/api/mine/for/:person/record',
    { config: see, schema: { params: Person } },
    async ({ viewing, params }, reply) => {
      const { user, personId } = await whoseView(db, viewing);
      const them = await personNow(db, user, params.person);
      const actsNow = actingAt(await actsFor(pastWallDb(db, 'finding'), personId), clock().getTime());
      if (!actsNow.some(({ patientId }) => them.patientIds.includes(patientId))) throw actsForNobodySuch();
      reply.header('cache-control', 'no-store');
      let refused: unknown;
      for (const purpose of proxyPurposes) {
        try {
          return await reply.send(await record(services.askFor(viewing, purpose), them));
        } catch (error) {
          if (!(error instanceof Problem) || error.status !== 403) throw error;
          refused ??= error;
        }
      }
      throw refused;
    },
  );
}

/** The same whether there is such a person or not. */
const actsForNobodySuch = (): Problem =>
  new Problem('access/refused', 403, 'Nothing recorded lets you see this for this person.', {
    place: 'proxy',
    wayOut: 'Ask the GP practice of the person you act for.',
  });
