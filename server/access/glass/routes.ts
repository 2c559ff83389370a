import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { PrivacyServices } from '../privacy/services.ts';
import { breakGlass, closeGlass, openGlass } from './break.ts';

const see = { access: { action: 'read', resource: 'glass' } } as const;
const change = { access: { action: 'write', resource: 'glass' } } as const;

const Break = Type.Object({
  person: Type.String({ format: 'uuid' }),
  reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
});
const OfPerson = Type.Object({ person: Type.String({ format: 'uuid' }) });

/** Adds breaking the glass, what is open, and closing it before its hour is over, under `/api/glass`. */
export function registerGlass(app: FastifyInstance, services: PrivacyServices): void {
  app.get('/api/glass', { config: see }, async (request) => ({ open: await openGlass(request, services) }));

  app.post<{ Body: Static<typeof Break> }>(
    '/api/glass',
    { config: change, schema: { body: Break } },
    async (request, reply) => {
      const { person, reason } = request.body;
      return reply.status(201).send(await breakGlass(request, services, { person, reason: reason.trim() }));
    },
  );

  app.delete<{ Params: Static<typeof OfPerson> }>(
    '/api/glass/:person',
    { config: change, schema: { params: OfPerson } },
    async (request) => ({ closed: await closeGlass(request, services, request.params.person) }),
  );
}
