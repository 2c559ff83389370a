import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { askerId, putOnRecord } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { accessListOf, dueAfter, mustBePermitted, myAccessList, whoseView } from '../me/index.ts';
import { holderOfRecord } from '../my-record.ts';
import type { Me, OwnViewServices } from '../types.ts';
import { questions, type Question } from './store.ts';

const ask = { access: { action: 'write', resource: 'mine' } } as const;
const see = { access: { action: 'read', resource: 'mine' } } as const;
const officerSees = { access: { action: 'search', resource: 'questions' } } as const;
const officerAnswers = { access: { action: 'write', resource: 'questions' } } as const;

const Says = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });
const Ask = Type.Object({ says: Says, eventId: Type.Optional(Type.String({ format: 'uuid' })) });
const Answer = Type.Object({
  finding: Type.Union([Type.Literal('explained'), Type.Literal('upheld')]),
  answer: Says,
});
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Which = Type.Object({ open: Type.Optional(Type.Boolean()) });

/** Adds questions to the privacy officer: a person's own under `/api/mine/questions`, everybody's under `/api/questions`. */
export function registerQuestions(
  app: FastifyInstance,
  services: OwnViewServices,
  lookedAt: (me: Me, eventId: string) => Promise<{ source: string | null } | undefined>,
): void {
  const { db, clock } = services;
  app.get('/api/mine/questions', { config: see }, async ({ viewing }) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'read', myAccessList(me));
    viewing.shows({ kind: 'read', patientId: me.home, type: 'Communication' });
    return { questions: (await questions.of(db, me.patientIds)).map(toldToPerson) };
  });

  app.post<{ Body: Static<typeof Ask> }>(
    '/api/mine/questions',
    { config: ask, schema: { body: Ask } },
    async ({ viewing, body }, reply) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'read', myAccessList(me));
      const { eventId } = body;
      const look = eventId === undefined ? { source: null } : await lookedAt(me, eventId);
      if (look === undefined)
        throw new Problem('own-view/not-on-your-list', 404, 'That is not on your list.', {
          wayOut: 'Go back to the list and choose one again.',
        });
      const asked = clock();
      const question = {
        questionId: newId(asked.getTime()),
        patientId: me.home,
        personId: me.personId,
        eventId: eventId ?? null,
        source: look.source ?? (await holderOfRecord(services, me)),
        says: body.says.trim(),
        state: 'asked' as const,
        asked,
        due: dueAfter(asked),
      };
      await db.transaction(async (tx) => {
        await questions.add(tx, question);
        putOnRecord(tx, viewing, { kind: 'create', patientId: me.home, type: 'Communication' });
      });
      const { questionId } = question;
      return reply.status(201).send({ questionId, due: dueAfter(asked) });
    },
  );

  app.get<{ Querystring: Static<typeof Which> }>(
    '/api/questions',
    { config: officerSees, schema: { querystring: Which } },
    async ({ viewing, query }) => {
      const all = await (query.open === true ? questions.waiting(db) : questions.all(db));
      const may = await viewing.lists(all.map(({ patientId, source }) => accessListOf(patientId, source)));
      const shown = all.filter((_, at) => may[at]);
      for (const { patientId } of shown) viewing.shows({ kind: 'search', patientId, type: 'Communication' });
      return { questions: shown };
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Answer> }>(
    '/api/questions/:id/answer',
    { config: officerAnswers, schema: { params: Id, body: Answer } },
    async ({ viewing, params, body }) => {
      const question = await questions.find(db, params.id);
      const may =
        question === undefined
          ? []
          : await viewing.lists([accessListOf(question.patientId, question.source)]);
      if (question === undefined || may[0] !== true) throw noQuestion();
      const { finding: state, answer } = body;
      const given = { state, answer: answer.trim(), answered: clock(), answeredBy: askerId(viewing) };
      await db.transaction(async (tx) => {
        if (!(await questions.settle(tx, params.id, given)))
          throw new Problem('own-view/already-answered', 409, 'This question is answered already.');
        const { patientId } = question;
        putOnRecord(tx, viewing, { kind: 'decision', patientId, type: 'Communication', rule: state });
      });
      return { state };
    },
  );
}

/** What a person is told of their question: all but who in the office answered it. */
const toldToPerson = ({ questionId, eventId, says, state, asked, due, answer, answered }: Question) => ({
  questionId,
  eventId,
  says,
  state,
  asked,
  due,
  answer,
  answered,
});

const noQuestion = (): Problem =>
  new Problem('own-view/no-such-question', 404, 'There is no such question.', {
    wayOut: 'Go back to the list of questions.',
  });
