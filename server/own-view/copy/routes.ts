import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { askerId, putOnRecord, type Viewing } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { accessListOf, dueAfter, mustBePermitted, myChoices, whoseView } from '../me/index.ts';
import { holderOfRecord } from '../my-record.ts';
import type { OwnViewServices } from '../types.ts';
import { buildCopy } from './build.ts';
import { toCheck } from './checking.ts';
import { gather } from './gather.ts';
import { thatMayLeave } from './leaving.ts';
import { copies, decideEntry, type CopyAsked } from './store.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const ask = { access: { action: 'write', resource: 'mine' } } as const;
const take = { access: { action: 'export', resource: 'mine' } } as const;
const staffSee = { access: { action: 'search', resource: 'copies' } } as const;
const staffCheck = { access: { action: 'export', resource: 'copies' } } as const;

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Check = Type.Object({
  type: Type.String({ pattern: '^[A-Z][A-Za-z]{1,39}$' }),
  id: Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$' }),
  version: Type.Integer({ minimum: 1 }),
  gives: Type.Boolean(),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
});

/** Adds copies of all that is held about a person: their own under `/api/mine/copies`, those for staff to check under `/api/copies`. */
export function registerCopies(app: FastifyInstance, services: OwnViewServices): void {
  const { db, clock } = services;

  app.get('/api/mine/copies', { config: see }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'read', myChoices(me));
    viewing.shows({ kind: 'read', patientId: me.home, type: 'Task' });
    const mine = (await copies.of(db, me.patientIds)).map(({ copyId, state, asked, due, ready }) => ({
      copyId,
      state,
      asked,
      due,
      ready,
    }));
    return reply.header('cache-control', 'no-store').send({ copies: mine });
  });

  app.post('/api/mine/copies', { config: ask }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'write', myChoices(me));
    const open = (await copies.of(db, me.patientIds)).find(({ state }) => state !== 'ready');
    if (open !== undefined)
      throw new Problem(
        'own-view/copy-under-way',
        409,
        'You have asked for a copy already. It is not ready yet.',
        {
          wayOut: 'Wait for it. You can ask for another one then.',
        },
      );
    const asked = clock();
    const copy = {
      copyId: newId(asked.getTime()),
      patientId: me.home,
      personId: me.personId,
      source: await holderOfRecord(services, me),
      state: 'asked' as const,
      asked,
      due: dueAfter(asked),
    };
    await db.transaction(async (tx) => {
      await copies.add(tx, copy);
      putOnRecord(tx, viewing, { kind: 'create', patientId: me.home, type: 'Task' });
    });
    const { copyId, due } = copy;
    return reply.status(201).send({ copyId, due });
  });

  app.get<{ Params: Static<typeof Id> }>(
    '/api/mine/copies/:id/file',
    { config: take, schema: { params: Id } },
    async ({ viewing, params }, reply) => {
      const me = await whoseView(db, viewing);
      const copy = await copies.find(db, params.id);
      if (copy === undefined || !me.patientIds.includes(copy.patientId)) throw noCopy();
      if (copy.state !== 'ready')
        throw new Problem('own-view/copy-not-ready', 409, 'Your copy is not ready yet.', {
          wayOut: `It will be ready by ${copy.due}.`,
        });
      await mustBePermitted(viewing, 'export', myChoices(me));
      viewing.shows({ kind: 'export', patientId: me.home, type: 'Patient' });
      const all = await gather(services, viewing, me, copy.copyId);
      const gathered = await thatMayLeave(all, services.files);
      const { bytes } = buildCopy(gathered, { made: clock(), person: me.personId });
      return reply
        .headers({ 'cache-control': 'no-store', 'content-disposition': 'attachment; filename="my-copy.zip"' })
        .type('application/zip')
        .send(bytes);
    },
  );

  app.get('/api/copies', { config: staffSee }, async ({ viewing }, reply) => {
    const all = await copies.waiting(db);
    const may = await viewing.lists(all.map(({ patientId, source }) => accessListOf(patientId, source)));
    const shown = all.filter((_, at) => may[at]);
    for (const { patientId } of shown) viewing.shows({ kind: 'search', patientId, type: 'Task' });
    return reply.header('cache-control', 'no-store').send({ copies: shown });
  });

  app.get<{ Params: Static<typeof Id> }>(
    '/api/copies/:id',
    { config: staffCheck, schema: { params: Id } },
    async ({ viewing, params }, reply) => {
      const copy = await copyToCheck(viewing, params.id);
      const entries = await toCheck(services, viewing, copy);
      viewing.shows({ kind: 'read', patientId: copy.patientId, type: 'Task' });
      return reply.header('cache-control', 'no-store').send({ copy, entries });
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Check> }>(
    '/api/copies/:id/checks',
    { config: staffCheck, schema: { params: Id, body: Check } },
    async ({ viewing, params, body }) => {
      const copy = await copyToCheck(viewing, params.id);
      const reason = body.reason?.trim() ?? '';
      if (!body.gives && reason === '')
        throw new Problem('own-view/say-why', 400, 'Say why it is left out. The person is told.', {
          place: 'reason',
        });
      const entry = (await toCheck(services, viewing, copy)).find(
        ({ type, id, version }) => type === body.type && id === body.id && version === body.version,
      );
      if (entry?.lines === undefined || entry.lines === null)
        throw new Problem(
          'own-view/cannot-judge',
          403,
          'You may not read this entry, so you cannot decide on it.',
          {
            wayOut:
              'Ask somebody who may: the Caldicott Guardian, or a clinician of the organisation that wrote it.',
          },
        );
      const { type, id, version, gives } = body;
      const check = {
        type,
        id,
        version,
        gives,
        reason: gives ? null : reason,
        decided: clock(),
        decidedBy: askerId(viewing),
      };
      await db.transaction(async (tx) => {
        if (!(await decideEntry(tx, copy.copyId, check))) throw alreadyReady();
        const { patientId } = copy;
        const rule = gives ? 'given' : 'left-out';
        putOnRecord(tx, viewing, { kind: 'decision', patientId, type: 'Task', rule });
      });
      return { gives };
    },
  );

  app.post<{ Params: Static<typeof Id> }>(
    '/api/copies/:id/release',
    { config: staffCheck, schema: { params: Id } },
    async ({ viewing, params }) => {
      const copy = await copyToCheck(viewing, params.id);
      const open = (await toCheck(services, viewing, copy)).filter(({ check }) => check === null).length;
      if (open > 0)
        throw new Problem('own-view/not-all-checked', 409, `${open} entries are not decided yet.`, {
          wayOut: 'Decide on each: give it, or leave it out and say why.',
        });
      const ready = { state: 'ready' as const, ready: clock(), readyBy: askerId(viewing) };
      await db.transaction(async (tx) => {
        if (!(await copies.settle(tx, copy.copyId, ready))) throw alreadyReady();
        putOnRecord(tx, viewing, {
          kind: 'decision',
          patientId: copy.patientId,
          type: 'Task',
          rule: 'released',
        });
      });
      return { state: 'ready' };
    },
  );

  /** A copy that is there, for somebody who may give out what is held of the person. */
  async function copyToCheck(viewing: Viewing, copyId: string): Promise<CopyAsked> {
    const copy = await copies.find(db, copyId);
    if (copy === undefined) throw noCopy();
    const [isListed] = await viewing.lists([accessListOf(copy.patientId, copy.source)]);
    if (isListed !== true) throw noCopy();
    await mustBePermitted(viewing, 'export', accessListOf(copy.patientId, copy.source));
    return copy;
  }
}

const noCopy = (): Problem =>
  new Problem('own-view/no-such-copy', 404, 'There is no such copy.', { wayOut: 'Go back to the list.' });

const alreadyReady = (): Problem =>
  new Problem('own-view/copy-is-ready', 409, 'This copy went out already.', {
    wayOut: 'Let the person ask for a new one.',
  });
