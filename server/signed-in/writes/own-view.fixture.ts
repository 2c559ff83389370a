import { now } from '../served.fixture.ts';
import { by, type Desk, type Write } from './write.fixture.ts';

const mine = (method: string, url: string, body?: unknown) => by('ada', method, `/api/mine/${url}`, body);

/** What a person chooses and asks for, and how it is settled. */
export function ownViewWrites({ db, send }: Desk): Write[] {
  let [code, copy, question, correction, wish] = ['', '', '', '', ''];
  return [
    {
      route: 'POST /api/mine/choices',
      fact: 'access.choice',
      ask: () => mine('POST', 'choices', { kind: 'type-1-opt-out' }),
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/choices/end',
      fact: 'access.choice',
      ask: () => mine('POST', 'choices/end', { kind: 'type-1-opt-out' }),
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/seals',
      fact: 'access.seal',
      ask: () => mine('POST', 'seals', { type: 'Condition', id: 'asthma' }),
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/seals/end',
      fact: 'access.seal',
      ask: () => mine('POST', 'seals/end', { type: 'Condition', id: 'asthma' }),
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/wishes',
      fact: 'own_view.wish',
      ask: () => mine('POST', 'wishes', { kind: 'adjustment', code: 'quiet-place' }),
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/wishes/:id/end',
      fact: 'own_view.wish',
      async ask() {
        const { wishes } = (await (await send(mine('GET', 'wishes'))).json()) as {
          wishes: { wishId: string }[];
        };
        wish = wishes[0]!.wishId;
        return mine('POST', `wishes/${wish}/end`);
      },
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/questions',
      fact: 'own_view.question',
      ask: () => mine('POST', 'questions', { says: 'Who was this?' }),
      kinds: ['create'],
      keep: (body: { questionId: string }) => (question = body.questionId),
    },
    {
      route: 'POST /api/questions/:id/answer',
      fact: 'own_view.question',
      ask: () =>
        by('privacy', 'POST', `/api/questions/${question}/answer`, {
          finding: 'explained',
          answer: 'Your practice nurse.',
        }),
      kinds: ['decision'],
    },
    {
      route: 'POST /api/mine/corrections',
      fact: 'own_view.correction',
      ask: () =>
        mine('POST', 'corrections', {
          type: 'Condition',
          id: 'asthma',
          title: 'Asthma',
          wrong: 'I never had it',
          should: 'Nothing',
        }),
      kinds: ['create'],
      keep: (body: { correctionId: string }) => (correction = body.correctionId),
    },
    {
      route: 'POST /api/corrections/:id/answer',
      fact: 'own_view.correction',
      ask: () =>
        by('gp', 'POST', `/api/corrections/${correction}/answer`, {
          state: 'not-changed',
          answer: 'It was measured.',
        }),
      kinds: ['decision'],
    },
    {
      route: 'POST /api/mine/copies',
      fact: 'own_view.copy',
      ask: () => mine('POST', 'copies'),
      kinds: ['create'],
      keep: (body: { copyId: string }) => (copy = body.copyId),
    },
    {
      route: 'POST /api/copies/:id/checks',
      fact: 'own_view.copy_check',
      async ask() {
        const answer = await send(by('guardian', 'GET', `/api/copies/${copy}`));
        const { entries } = (await answer.json()) as {
          entries: { type: string; id: string; version: number; lines: unknown }[];
        };
        const { type, id, version } = entries.find(({ lines }) => lines !== null)!;
        return by('guardian', 'POST', `/api/copies/${copy}/checks`, { type, id, version, gives: true });
      },
      // Who decides on an entry reads it.
      kinds: ['decision', 'read'],
    },
    {
      route: 'POST /api/copies/:id/release',
      fact: 'own_view.copy',
      async ask() {
        const answer = await send(by('privacy', 'GET', `/api/copies/${copy}`));
        const { entries } = (await answer.json()) as {
          entries: { type: string; id: string; version: number }[];
        };
        for (const { type, id, version } of entries)
          await db.query(
            `insert into own_view.copy_check (copy_id, resource_type, resource_id, version, gives, decided, decided_by)
           values ($1, $2, $3, $4, true, $5, 'test')
           on conflict do nothing`,
            [copy, type, id, version, now],
          );
        return by('privacy', 'POST', `/api/copies/${copy}/release`);
      },
      kinds: ['decision'],
    },
    {
      route: 'POST /api/mine/people/invitations',
      fact: 'own_view.invitation',
      ask: () => mine('POST', 'people/invitations', { classes: 'all' }),
      kinds: ['create'],
    },
    {
      route: 'POST /api/mine/people/invitations/:id/end',
      fact: 'own_view.invitation',
      async ask() {
        const { invitations } = (await (await send(mine('GET', 'people'))).json()) as {
          invitations: { invitationId: string }[];
        };
        return mine('POST', `people/invitations/${invitations[0]!.invitationId}/end`);
      },
      kinds: ['update'],
    },
    {
      route: 'POST /api/mine/people/invitations',
      fact: 'own_view.invitation',
      ask: () => mine('POST', 'people/invitations', { classes: 'all' }),
      kinds: ['create'],
      keep: (body: { code: string }) => (code = body.code),
    },
    {
      route: 'POST /api/mine/people/accept',
      fact: 'access.proxy',
      ask: () => by('ben', 'POST', '/api/mine/people/accept', { code }),
      kinds: ['create'],
    },
    {
      route: 'POST /api/mine/people/end',
      fact: 'access.proxy',
      async ask() {
        const { forMe } = (await (await send(mine('GET', 'people'))).json()) as {
          forMe: { proxy: string }[];
        };
        return mine('POST', 'people/end', { proxy: forMe[0]!.proxy });
      },
      kinds: ['update'],
    },
  ];
}
