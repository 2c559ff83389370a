import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Clock } from '../../../platform/clock.ts';
import { Problem } from '../../../platform/errors.ts';
import type { Describe } from '../describe.ts';
import { endsAt } from '../session/rules.ts';
import type { OpenVisit, Recording, Sessions } from '../session/sessions.ts';
import type { Session } from '../types.ts';
import { isFresh } from './rules.ts';

/** A visit of whoever asks, on this device or another. */
export type VisitInWords = {
  id: string;
  isThis: boolean;
  device: string | null;
  role: string | null;
  organisation: string | null;
  begun: Date;
  lastSeen: Date;
  endsAt: Date;
};

/** An app that somebody allowed to see things, in one of their visits. */
export type AppInWords = {
  id: string;
  visit: string;
  name: string;
  organisation: string;
  says: string[];
  /** True where it sees one person only, of whom it was allowed to. */
  isAboutOne: boolean;
  allowed: Date;
  lastUsed: Date | null;
};

/** The apps of visits, where apps can ask for leave. */
export type AllowedApps = {
  of(sessionIds: readonly string[]): Promise<AppInWords[]>;
  /** Takes leave from an app; the name of the app, or undefined when there was none. */
  end(
    id: string,
    sessionIds: readonly string[],
    recordingOf: (name: string) => Recording,
  ): Promise<string | undefined>;
};

export type VisitServices = {
  sessions: Sessions;
  clock: Clock;
  describe: Describe;
  sessionOf(request: FastifyRequest): Promise<Session | undefined>;
  apps(): AllowedApps | undefined;
  /** Puts on record, in the transaction that ends it, what was ended. */
  recordingOf(what: 'visit-ended' | 'app-ended', session: Session, target: string): Recording;
};

const open = { access: { action: 'operate', resource: 'sign-in' } } as const;
const VisitId = Type.Object({ id: Type.String({ format: 'uuid' }) });
const AppId = Type.Object({ id: Type.String({ pattern: '^[\\w-]{10,100}$' }) });

/** Adds `/api/visits`: where whoever asks is signed in and which apps they allowed; each can be ended by itself. */
export function registerVisits(app: FastifyInstance, services: VisitServices): void {
  const { sessions, clock, describe, sessionOf, apps, recordingOf } = services;

  const needed = async (request: FastifyRequest): Promise<Session> => {
    const session = await sessionOf(request);
    if (session === undefined) throw notSignedIn();
    return session;
  };
  const fresh = async (request: FastifyRequest): Promise<Session> => {
    const session = await needed(request);
    if (!isFresh(session, clock())) throw signInAgain();
    return session;
  };

  app.get('/api/visits', { config: open }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const session = await needed(request);
    const visits = await sessions.openOf(session.identity);
    return {
      mustSignInAgain: !isFresh(session, clock()),
      provider: session.identity.provider,
      visits: await Promise.all(visits.map((visit) => inWords(visit, session))),
      apps: (await apps()?.of(visits.map(({ id }) => id))) ?? [],
    };
  });

  app.delete<{ Params: Static<typeof VisitId> }>(
    '/api/visits/:id',
    { config: open, schema: { params: VisitId } },
    async (request, reply) => {
      const session = await fresh(request);
      const visits = await sessions.openOf(session.identity);
      const visit = visits.find(({ id }) => id === request.params.id);
      if (visit === undefined) throw noSuchVisit();
      await sessions.end(visit, 'ended-by-themselves', recordingOf('visit-ended', session, visit.id));
      return reply.status(204).send();
    },
  );

  app.delete<{ Params: Static<typeof AppId> }>(
    '/api/visits/apps/:id',
    { config: open, schema: { params: AppId } },
    async (request, reply) => {
      const session = await fresh(request);
      const visits = await sessions.openOf(session.identity);
      const name = await apps()?.end(
        request.params.id,
        visits.map(({ id }) => id),
        (app_) => recordingOf('app-ended', session, app_),
      );
      if (name === undefined) throw noSuchApp();
      return reply.status(204).send();
    },
  );

  const inWords = async (visit: OpenVisit, here: Session): Promise<VisitInWords> => {
    const [role] = visit.role === undefined ? [] : await describe([visit.role]);
    return {
      id: visit.id,
      isThis: visit.id === here.id,
      device: visit.device,
      role: role?.roleName ?? null,
      organisation: role?.organisationName ?? null,
      begun: visit.begun,
      lastSeen: visit.lastSeen,
      endsAt: endsAt(visit, sessions.limitsOf(visit.identity)),
    };
  };
}

const notSignedIn = (): Problem =>
  new Problem('sign-in/not-signed-in', 401, 'You are not signed in.', { wayOut: 'Sign in first.' });
const signInAgain = (): Problem =>
  new Problem('sign-in/sign-in-again', 403, 'It is too long since you signed in to do this.', {
    wayOut: 'Sign in again, to show that it is you. Then end it.',
  });
const noSuchVisit = (): Problem =>
  new Problem('sign-in/no-such-visit', 404, 'This visit of yours has ended already.', {
    wayOut: 'Open the list again.',
  });
const noSuchApp = (): Problem =>
  new Problem('apps/not-allowed', 404, 'This app may see nothing of yours any more.', {
    wayOut: 'Open the list again.',
  });
