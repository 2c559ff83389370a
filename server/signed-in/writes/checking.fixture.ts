import { by, type Desk, type Write } from './write.fixture.ts';

/** Strangers, broken glasses and what an officer finds. */
export function checkingWrites({ person, send }: Desk): Write[] {
  let glass = '';
  return [
    {
      route: 'POST /api/people/identify',
      fact: 'access.wrong_pair',
      ask: () =>
        by('other-gp', 'POST', '/api/people/identify', { nhsNumber: '9990000018', born: '1950-03-02' }),
      status: 404,
      kinds: ['search'],
    },
    {
      route: 'POST /api/glass',
      fact: 'access.glass',
      ask: () => by('other-gp', 'POST', '/api/glass', { person: person, reason: 'Unconscious' }),
      kinds: ['break-glass'],
    },
    {
      route: 'DELETE /api/glass/:person',
      fact: 'access.glass',
      ask: () => by('other-gp', 'DELETE', `/api/glass/${person}`),
      kinds: ['operate'],
    },
    {
      route: 'POST /api/privacy/glass/:id/review',
      fact: 'access.glass_review',
      async ask() {
        const { uses } = (await (await send(by('privacy', 'GET', '/api/privacy/glass'))).json()) as {
          uses: { id: string }[];
        };
        glass = uses[0]!.id;
        return by('privacy', 'POST', `/api/privacy/glass/${glass}/review`, {
          outcome: 'justified',
          reason: 'The ambulance sheet says the same',
        });
      },
      kinds: ['decision'],
    },
    {
      route: 'POST /api/privacy/glass/:id/delay',
      fact: 'access.recorded_decision',
      ask: () => by('privacy', 'POST', `/api/privacy/glass/${glass}/delay`, { reason: 'Letters are read' }),
      kinds: ['decision'],
    },
    {
      route: 'POST /api/privacy/odd',
      fact: 'access.odd_note',
      ask: () =>
        by('privacy', 'POST', '/api/privacy/odd', {
          user: 'demonstration:other-gp',
          person: person,
          upTo: 9,
          state: 'asked',
          note: 'Written to the practice',
        }),
      kinds: ['decision'],
    },
    {
      route: 'POST /api/relationships/claims',
      fact: 'access.relationship',
      ask: () =>
        by('other-gp', 'POST', '/api/relationships/claims', { person: person, reason: 'In my clinic' }),
      kinds: ['create'],
    },
  ];
}
