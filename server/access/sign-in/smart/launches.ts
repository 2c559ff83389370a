import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { Problem } from '../../../platform/errors.ts';
import type { AppRequestParts } from './app-requests.ts';
import { appsInForce, findClient } from './clients.ts';

const Opening = Type.Object({ patient: Type.String({ maxLength: 64 }) }, { additionalProperties: false });
const access = { action: 'operate', resource: 'sign-in' } as const;

/** Adds `/api/apps`, the apps that can be opened from a record, and opening one (SMART: EHR launch). */
export function registerLaunches(app: FastifyInstance, parts: AppRequestParts): void {
  const { db, clock, address, leaves, patients } = parts;

  app.get('/api/apps', { config: { access } }, async (request) => {
    if ((await parts.sessionOf(request)) === undefined) throw notSignedIn();
    const apps = await appsInForce(db, clock());
    return {
      apps: apps
        .filter(({ registration }) => typeof registration['launch_uri'] === 'string')
        .map(({ clientId, name, organisation }) => ({ clientId, name, organisation })),
    };
  });

  app.post<{ Params: { clientId: string }; Body: Static<typeof Opening> }>(
    '/api/apps/:clientId/launches',
    { config: { access }, schema: { body: Opening } },
    async (request, reply) => {
      const session = await parts.sessionOf(request);
      if (session === undefined) throw notSignedIn();
      const client = await findClient(db, request.params.clientId, clock());
      const start = client?.registration['launch_uri'];
      if (client?.kind !== 'app' || typeof start !== 'string') throw unknownApp();
      const patient = await patients.byId(request, request.body.patient);
      if (patient === undefined) throw notThere();
      const { clientId } = client;
      const word = await leaves.open(
        { clientId, sessionId: session.id, patientId: patient.id },
        parts.recordingOf({ what: 'app-opened', client, session, patientId: patient.patientId }),
      );
      const next = new URL(start);
      next.searchParams.set('iss', `${address()}/fhir`);
      next.searchParams.set('launch', word);
      return reply.header('cache-control', 'no-store').status(201).send({ next: next.href });
    },
  );
}

const notSignedIn = (): Problem =>
  new Problem('sign-in/not-signed-in', 401, 'You are not signed in.', { wayOut: 'Sign in first.' });
const unknownApp = (): Problem =>
  new Problem('apps/unknown', 404, 'There is no such app.', { wayOut: 'Choose one of the apps shown.' });
const notThere = (): Problem =>
  new Problem('apps/not-there', 404, 'There is no such record.', { wayOut: 'Open the record first.' });
