import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { askerId, putOnRecord } from '../access/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import type { Store } from '../record/store/index.ts';
import { segmentsOf, textOf } from './desk/anatomy.ts';
import { feedsOverview } from './desk/overview.ts';
import { mayBeShown } from './desk/shown.ts';
import {
  findMessage,
  listMessages,
  saveExpectedHours,
  type MessageDetail,
  type MessageItem,
} from './desk/store.ts';
import type { Feeds } from './feeds.ts';
import { mustBeOwnSource } from './intake/own-source.ts';
import { messageStates } from './intake/types.ts';
import { filesOf } from './load/store.ts';
import { viewerOnRecord } from './on-record.ts';

const see = { access: { action: 'operate', resource: 'feeds' } } as const;
const seeMessages = { access: { action: 'read', resource: 'messages' } } as const;
const changeMessages = { access: { action: 'write', resource: 'messages' } } as const;
const send = { access: { action: 'write', resource: 'feeds' } } as const;

const Id = Type.String({ format: 'uuid' });
const WithId = Type.Object({ id: Id });
const MessagesQuery = Type.Object({
  state: Type.Optional(Type.Union(messageStates.map((state) => Type.Literal(state)))),
  feed: Type.Optional(Id),
  flagged: Type.Optional(Type.Boolean()),
  before: Type.Optional(Type.String({ pattern: '^\\d{1,16}_[0-9a-f-]{36}$' })),
  count: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
});
const Expectation = Type.Object({ expectedHours: Type.Integer({ minimum: 1, maximum: 8760 }) });
const Mended = Type.Object({ text: Type.String({ minLength: 1 }) });

export type FeedRoutes = {
  db: Db;
  clock: Clock;
  feeds: Feeds;
  store: Pick<Store, 'readMany' | 'sourcesOf'>;
};

/** Adds HL7 v2 over HTTP, and what the pages about feeds need. */
export function registerFeeds(app: FastifyInstance, { db, clock, feeds, store }: FeedRoutes): void {
  takeMessages(app, { db, clock, feeds });

  app.get('/api/feeds', { config: see }, async () => ({ feeds: await feedsOverview(db, clock) }));

  app.put<{ Params: Static<typeof WithId>; Body: Static<typeof Expectation> }>(
    '/api/feeds/:id',
    { config: send, schema: { params: WithId, body: Expectation } },
    async (request, reply) => {
      const { expectedHours } = request.body;
      await db.transaction(async (tx) => {
        if (!(await saveExpectedHours(tx, request.params.id, expectedHours)))
          throw new Problem('feeds/unknown-feed', 404, 'There is no feed with this number.', {
            wayOut: 'List the feeds with GET /api/feeds.',
          });
        putOnRecord(tx, request.viewing, { kind: 'update', patientId: null, type: 'Feed' });
      });
      return reply.status(204).send();
    },
  );

  app.get<{ Params: Static<typeof WithId> }>(
    '/api/feeds/:id/files',
    { config: see, schema: { params: WithId } },
    async (request) => ({ files: await filesOf(db, request.params.id, 50) }),
  );

  app.get<{ Querystring: Static<typeof MessagesQuery> }>(
    '/api/feeds/messages',
    { config: seeMessages, schema: { querystring: MessagesQuery } },
    async (request) => {
      const { before, count, ...filter } = request.query;
      const rows = await listMessages(db, filter, { before: placeIn(before), limit: count });
      return { messages: rows.map(itemOnWire), next: rows.length < count ? null : placeText(rows.at(-1)!) };
    },
  );

  app.get<{ Params: Static<typeof WithId> }>(
    '/api/feeds/messages/:id',
    { config: seeMessages, schema: { params: WithId } },
    async (request) => {
      const found = await findMessage(db, request.params.id);
      if (found === undefined) throw unknown();
      await mayBeShown(store, request.viewing, found);
      return detailOnWire(found);
    },
  );

  app.put<{ Params: Static<typeof WithId>; Body: Static<typeof Mended> }>(
    '/api/feeds/messages/:id',
    { config: changeMessages, schema: { params: WithId, body: Mended } },
    async ({ viewing, params, body }, reply) => {
      await feeds.desk.mend(params.id, body.text, askerId(viewing), viewerOnRecord(viewing, 'update'));
      return reply.status(204).send();
    },
  );

  app.post<{ Params: Static<typeof WithId> }>(
    '/api/feeds/messages/:id/replay',
    { config: changeMessages, schema: { params: WithId } },
    async ({ viewing, params }) => {
      const fate = await feeds.desk.replay(params.id, askerId(viewing), viewerOnRecord(viewing, 'update'));
      const { state, answer, resources } = fate;
      return {
        replayed: state === 'replayed',
        state,
        resources,
        ...('reason' in answer ? { reason: answer.reason } : {}),
      };
    },
  );

  app.post<{ Params: Static<typeof WithId> }>(
    '/api/feeds/messages/:id/dismiss',
    { config: changeMessages, schema: { params: WithId } },
    async ({ viewing, params }, reply) => {
      await feeds.desk.dismiss(params.id, askerId(viewing), viewerOnRecord(viewing, 'update'));
      return reply.status(204).send();
    },
  );
}

const er7 = 'application/hl7-v2+er7';
const statuses = { AA: 200, AE: 422, AR: 400 } as const;

/** HL7 v2 over HTTP: one message a request, its acknowledgement as the answer, after the commit. */
function takeMessages(app: FastifyInstance, { db, clock, feeds }: Omit<FeedRoutes, 'store'>): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post<{ Body: Buffer | undefined }>('/feeds/hl7v2', { config: send }, async (request, reply) => {
      const bytes = request.body;
      if (bytes === undefined || bytes.length === 0) {
        throw new Problem('feeds/no-message', 400, 'The request holds no message.', {
          wayOut: `Send one HL7 v2 message as ${er7}.`,
        });
      }
      await mustBeOwnSource({ db, clock }, request.viewing, bytes);
      const record = viewerOnRecord(request.viewing, 'create');
      const { fate, acknowledgement } = await feeds.take(bytes, 'hl7v2', record);
      return reply.status(statuses[fate.answer.ack]).type(`${er7}; charset=utf-8`).send(acknowledgement);
    });
  });
}

const remarksOf = (text: string | null): unknown => (text === null ? [] : JSON.parse(text));

const itemOnWire = (item: MessageItem) => ({ ...item, remarks: remarksOf(item.remarks) });

function detailOnWire(detail: MessageDetail) {
  const { original, mended, resources, ...item } = detail;
  const shown = mended ?? original;
  return {
    ...itemOnWire(item),
    resources: remarksOf(resources),
    text: textOf(original, false),
    mended: mended === null ? null : textOf(mended, true),
    segments: item.feedKind === 'hl7v2' ? (segmentsOf(shown, mended !== null) ?? null) : null,
  };
}

const placeText = (item: MessageItem): string => `${item.received.getTime()}_${item.id}`;

function placeIn(text: string | undefined): { received: Date; id: string } | undefined {
  if (text === undefined) return undefined;
  const [time, id] = text.split('_') as [string, string];
  return { received: new Date(Number(time)), id };
}

const unknown = (): Problem =>
  new Problem('feeds/unknown-message', 404, 'There is no message with this number.');
