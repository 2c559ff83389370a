import { by, type Desk, type Write } from './write.fixture.ts';

/** Signing in. Each ends what the others need, so they come last. */
export function visitWrites({ send, signInAgain }: Desk): Write[] {
  let visit = '';
  return [
    {
      route: 'POST /api/apps/:clientId/launches',
      fact: 'access.oauth_item',
      ask: () => by('gp', 'POST', '/api/apps/asthma-diary/launches', { patient: 'ada' }),
      // Whose record it is opened for is looked up in the name of whoever opens it.
      kinds: ['decision', 'read'],
    },
    {
      route: 'PUT /api/session/role',
      fact: 'access.session',
      ask: () => by('two', 'PUT', '/api/session/role', { role: '2' }),
      kinds: ['decision'],
    },
    {
      route: 'DELETE /api/visits/:id',
      fact: 'access.session',
      async ask() {
        if (visit === '') {
          await signInAgain('two');
          const { visits } = (await (await send(by('two', 'GET', '/api/visits'))).json()) as {
            visits: { id: string; isThis: boolean }[];
          };
          visit = visits.find(({ isThis }) => !isThis)!.id;
        }
        return by('two', 'DELETE', `/api/visits/${visit}`);
      },
      kinds: ['sign-out'],
    },
    {
      route: 'DELETE /api/session',
      fact: 'access.session',
      ask: () => by('two', 'DELETE', '/api/session'),
      kinds: ['sign-out'],
    },
    {
      route: 'DELETE /api/session/everywhere',
      fact: 'access.session',
      ask: () => by('gp', 'DELETE', '/api/session/everywhere'),
      kinds: ['sign-out'],
    },
  ];
}
