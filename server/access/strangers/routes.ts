import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { claim } from './claim.ts';
import { identify } from './identify.ts';
import type { StrangerServices } from './services.ts';

const find = { access: { action: 'search', resource: 'people' } } as const;
const change = { access: { action: 'write', resource: 'people' } } as const;

const Pair = Type.Object(
  {
    nhsNumber: Type.String({ pattern: '^\\d{10}$' }),
    born: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
  },
  { additionalProperties: false },
);
const Claim = Type.Object(
  {
    person: Type.String({ format: 'uuid' }),
    reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
  },
  { additionalProperties: false },
);

/** Adds finding somebody whom nothing ties to whoever asks, and saying that they are in one's care. */
export function registerStrangers(app: FastifyInstance, services: StrangerServices): void {
  app.post<{ Body: Static<typeof Pair> }>(
    '/api/people/identify',
    { config: find, schema: { body: Pair } },
    (request) => identify(request, services, request.body),
  );

  app.post<{ Body: Static<typeof Claim> }>(
    '/api/relationships/claims',
    { config: change, schema: { body: Claim } },
    async (request, reply) => {
      const { person, reason } = request.body;
      return reply.status(201).send(await claim(request, services, { person, reason: reason.trim() }));
    },
  );
}
