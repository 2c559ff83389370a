import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { askerId, putOnRecord, type Viewing } from '../../access/index.ts';
import { dayOf } from '../../organisations/index.ts';
import { pastWall } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { piecesOf } from '../../record/pieces/index.ts';
import type { Resource } from '../../record/types.ts';
import { holderOf } from '../holder.ts';
import { dueAfter, mustBePermitted, myChoices, whoseView } from '../me/index.ts';
import { myEntry } from '../my-entry.ts';
import type { OwnViewServices } from '../types.ts';
import { corrections, type Correction } from './store.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const ask = { access: { action: 'write', resource: 'mine' } } as const;
const staffSee = { access: { action: 'search', resource: 'corrections' } } as const;
const staffAnswer = { access: { action: 'write', resource: 'corrections' } } as const;

const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });
const Ask = Type.Object({
  type: Type.String({ pattern: '^[A-Z][A-Za-z]{1,39}$' }),
  id: Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$' }),
  title: Type.String({ minLength: 1, maxLength: 300 }),
  wrong: Words,
  should: Words,
});
const Answer = Type.Object({
  state: Type.Union([Type.Literal('changed'), Type.Literal('not-changed')]),
  answer: Words,
});
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Whether it is for the organisation of whoever asks. Where nobody knows who said the entry, it is for any. */
function isTheirs({ seesAll, asker }: Viewing, { holderId }: Correction): boolean {
  if (seesAll || holderId === null) return true;
  if (asker.kind !== 'known' || asker.subject.kind === 'resident') return false;
  return holderId === asker.subject.post.organisation.id;
}

/** Adds what people ask to be put right: their own under `/api/mine/corrections`, those for staff to answer under `/api/corrections`. */
export function registerCorrections(app: FastifyInstance, services: OwnViewServices): void {
  const { db, clock, organisations } = services;

  app.get('/api/mine/corrections', { config: see }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'read', myChoices(me));
    viewing.shows({ kind: 'read', patientId: me.home, type: 'Task' });
    const found = await corrections.of(db, me.patientIds);
    return reply
      .header('cache-control', 'no-store')
      .send({ corrections: await Promise.all(found.map(withHolder)) });
  });

  app.post<{ Body: Static<typeof Ask> }>(
    '/api/mine/corrections',
    { config: ask, schema: { body: Ask } },
    async ({ viewing, body }, reply) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      const { entry, source } = await myEntry(services, viewing, me, body);
      const asked = clock();
      const correction = {
        correctionId: newId(asked.getTime()),
        patientId: entry.patientId,
        personId: me.personId,
        type: body.type,
        id: body.id,
        title: body.title.trim(),
        source,
        holderId: (await holderOf(organisations, source)) ?? null,
        wrong: body.wrong.trim(),
        should: body.should.trim(),
        state: 'asked' as const,
        asked,
        due: dueAfter(asked),
      };
      await db.transaction(async (tx) => {
        await corrections.add(tx, correction);
        putOnRecord(tx, viewing, { kind: 'create', patientId: entry.patientId, type: 'Task' });
      });
      const { correctionId, due } = correction;
      return reply.status(201).send({ correctionId, due });
    },
  );

  app.get('/api/corrections', { config: staffSee }, async ({ viewing }, reply) => {
    const all = await near(viewing, await corrections.waiting(db));
    const may = await mayAnswer(viewing, all);
    const shown = all.filter((_, at) => may[at]);
    for (const { patientId } of shown) viewing.shows({ kind: 'search', patientId, type: 'Task' });
    return reply
      .header('cache-control', 'no-store')
      .send({ corrections: await Promise.all(shown.map(withHolder)) });
  });

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Answer> }>(
    '/api/corrections/:id/answer',
    { config: staffAnswer, schema: { params: Id, body: Answer } },
    async ({ viewing, params, body }) => {
      const found = await corrections.find(db, params.id);
      const may = found === undefined ? [] : await mayAnswer(viewing, [found]);
      if (found === undefined || may[0] !== true)
        throw new Problem('own-view/no-such-correction', 404, 'There is nothing here to answer.', {
          wayOut: 'Go back to the list.',
        });
      const { state } = body;
      const given = { state, answer: body.answer.trim(), answered: clock(), answeredBy: askerId(viewing) };
      await db.transaction(async (tx) => {
        if (!(await corrections.settle(tx, params.id, given)))
          throw new Problem('own-view/already-answered', 409, 'This is answered already.');
        const { patientId } = found;
        putOnRecord(tx, viewing, { kind: 'decision', patientId, type: 'Task', rule: state });
      });
      return { state };
    },
  );

  /** Those answer who may change the entry, at the organisation that said it. Where nobody knows who said it, any of them may. */
  async function mayAnswer(viewing: Viewing, all: readonly Correction[]): Promise<boolean[]> {
    const pieces = await piecesOfEach(all);
    const decisions = await viewing.decide('write', pieces.flat());
    const permitted = new Set(pieces.flat().filter((_, at) => decisions[at]?.effect === 'permit'));
    return all.map(
      (each, at) =>
        isTheirs(viewing, each) &&
        pieces[at]!.length > 0 &&
        pieces[at]!.every((piece) => permitted.has(piece)),
    );
  }

  /** Those about people whom whoever looks could find. Whoever opens the list has not tried to change what the others are about. */
  async function near(viewing: Viewing, all: readonly Correction[]): Promise<Correction[]> {
    const theirs = all.filter((each) => isTheirs(viewing, each));
    const pieces = await piecesOfEach(theirs);
    const listed = await viewing.lists(pieces.flat());
    const found = new Set(pieces.flat().filter((_, at) => listed[at]));
    return theirs.filter((_, at) => pieces[at]!.every((piece) => found.has(piece)));
  }

  async function piecesOfEach(all: readonly Correction[]) {
    const names = all.map(({ type, id }) => ({ type, id }));
    const stored = await pastWall('deciding', () => services.store.readMany(names));
    return stored.map((each, at) =>
      each === undefined || each.deleted
        ? []
        : piecesOf(JSON.parse(each.content) as Resource, { ...each, source: all[at]!.source }),
    );
  }

  async function withHolder({ answeredBy: _by, ...rest }: Correction) {
    const { holderId } = rest;
    const holder =
      holderId === null ? undefined : await organisations.findOrganisation(holderId, dayOf(clock()));
    return { ...rest, holder: holder?.name ?? null };
  }
}
