import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { Problem } from '../../platform/errors.ts';
import type { Sealer } from '../../platform/sealing/index.ts';
import { claimRules } from './providers/settings.ts';
import type { Expected, RelyingParty } from './providers/relying-party.ts';
import { signInLimit } from './limits.ts';
import { readClaims } from './claims/rules.ts';
import type { Describe } from './describe.ts';
import { cookie, type Cookie } from './session/cookies.ts';
import { endsAt, warnsAt } from './session/rules.ts';
import type { Recording, Sessions } from './session/sessions.ts';
import type { Identity, Session } from './types.ts';
import { deviceOf } from './visits/device.ts';

export type SignInServices = {
  sessions: Sessions;
  providers: RelyingParty[];
  sealer: Sealer;
  clock: Clock;
  /** Holds the word of the visit. */
  visit: Cookie;
  /** The address people use, without a slash at its end. */
  address(): string;
  /** Says held roles in words. */
  describe: Describe;
  record: SignInRecord;
};

/** How sign-ins are put on record. */
export type SignInRecord = {
  /** What changed nothing, such as a refusal: durable when it resolves. */
  note(event: SignInEvent): Promise<void>;
  /** Makes ready what puts a change on record, in the transaction that changes it. */
  recording(event: SignInEvent): Promise<Recording>;
};

export type SignInEvent = {
  what:
    | 'signed-in'
    | 'refused'
    | 'signed-out'
    | 'signed-out-everywhere'
    | 'visit-ended'
    | 'visit-timed-out'
    | 'app-ended'
    | 'role-chosen';
  provider: string;
  identity: Identity | undefined;
  code?: string;
  /** The visit or the app that was ended. */
  target?: string;
};

const Start = Type.Object({
  provider: Type.String({ maxLength: 40 }),
  to: Type.String({ maxLength: 2000, default: '/' }),
  /** Asks the provider to have somebody show anew who they are, whoever it thinks is there. */
  again: Type.Boolean({ default: false }),
});
const Choice = Type.Object({ role: Type.String({ maxLength: 200 }) });

/** Somebody who left for a provider has this long to come back. */
const tripSeconds = 10 * 60;

const open = { access: { action: 'operate', resource: 'sign-in' } } as const;

/** Adds `/sign-in/start`, `/sign-in/back` and `/api/session`. The pages around them are the web app's. */
export function registerSignInRoutes(app: FastifyInstance, services: SignInServices): void {
  const { sessions, providers, sealer, clock, visit, address, describe, record } = services;
  const trip = cookie('openics-signing-in', isSecure(address));

  app.get<{ Querystring: Static<typeof Start> }>(
    '/sign-in/start',
    { config: { ...open, limit: signInLimit }, schema: { querystring: Start } },
    async (request, reply) => {
      const party = providers.find(({ settings }) => settings.name === request.query.provider);
      if (party === undefined) throw unknownProvider();
      const { address: where, expected } = await party.leave(ownPath(request.query.to), request.query.again);
      const leaving: Trip = { expected, left: clock().getTime() };
      trip.set(reply, sealer.seal(JSON.stringify(leaving)), tripSeconds);
      return reply.header('cache-control', 'no-store').redirect(where.href, 303);
    },
  );

  app.get('/sign-in/back', { config: { ...open, limit: signInLimit } }, async (request, reply) => {
    const expected = expectedOf(trip.read(request), sealer, clock());
    trip.clear(reply);
    const party = providers.find(({ settings }) => settings.name === expected?.provider);
    if (expected === undefined || party === undefined) throw staleTrip();
    const { identity, chosen } = await admitted(party, request, expected);
    const before = await current(request);
    const device = deviceOf(request.headers['user-agent']);
    const recording = await record.recording({ what: 'signed-in', provider: party.settings.name, identity });
    const { word } = await sessions.begin({ identity, role: chosen, device, instead: before }, recording);
    visit.set(reply, word);
    const next =
      identity.roles.length > 1 && chosen === undefined
        ? `/sign-in/role?${new URLSearchParams({ to: expected.to })}`
        : expected.to;
    return reply.header('cache-control', 'no-store').redirect(next, 303);
  });

  const admitted = async (party: RelyingParty, request: FastifyRequest, expected: Expected) => {
    try {
      const claims = await party.arrive(new URL(request.url, address()), expected);
      return readClaims(claims, claimRules(party.settings));
    } catch (error) {
      const { name: provider } = party.settings;
      if (error instanceof Problem && error.status === 403)
        await record.note({ what: 'refused', provider, identity: undefined, code: error.code });
      throw error;
    }
  };

  app.get('/api/session', { config: open }, async (request, reply) => {
    const session = await current(request);
    reply.header('cache-control', 'no-store');
    if (session === undefined)
      return {
        signedIn: false,
        providers: providers.map(({ settings: { name, label, kind } }) => ({ name, label, kind })),
      };
    const { identity, role } = session;
    const limits = sessions.limitsOf(identity);
    const roles = await describe(identity.roles);
    return {
      signedIn: true,
      name: identity.name,
      kind: identity.kind,
      role: roles.find(({ id }) => id === role?.id) ?? null,
      roles,
      endsAt: endsAt(session, limits),
      warnsAt: warnsAt(session, limits),
      now: clock(),
    };
  });

  app.put<{ Body: Static<typeof Choice> }>(
    '/api/session/role',
    { config: open, schema: { body: Choice } },
    async (request, reply) => {
      const session = await needed(request);
      await sessions.choose(session, request.body.role, await recordingOf('role-chosen', session));
      return reply.status(204).send();
    },
  );

  app.delete('/api/session', { config: open }, async (request, reply) => {
    const session = await current(request);
    if (session !== undefined)
      await sessions.end(session, 'signed-out', await recordingOf('signed-out', session));
    visit.clear(reply);
    return { goodbye: await farewell(session) };
  });

  app.delete('/api/session/everywhere', { config: open }, async (request, reply) => {
    const session = await needed(request);
    const why = 'signed-out-everywhere';
    const ended = await sessions.endAll(session.identity, why, await recordingOf(why, session));
    visit.clear(reply);
    return { ended, goodbye: await farewell(session) };
  });

  const recordingOf = (what: SignInEvent['what'], { identity }: Session): Promise<Recording> =>
    record.recording({ what, provider: identity.provider, identity });
  const current = async (request: FastifyRequest): Promise<Session | undefined> => {
    const word = visit.read(request);
    return word === undefined ? undefined : sessions.find(word);
  };
  const needed = async (request: FastifyRequest): Promise<Session> => {
    const session = await current(request);
    if (session === undefined) throw notSignedIn();
    return session;
  };
  const farewell = async (session: Session | undefined): Promise<string | null> => {
    const party = providers.find(({ settings }) => settings.name === session?.identity.provider);
    return (await party?.goodbye(`${address()}/`).catch(() => undefined))?.href ?? null;
  };
}

const isSecure = (address: () => string) => (): boolean => address().startsWith('https://');

/** The cookie that holds the word of a visit. */
export function visitCookie(address: () => string): Cookie {
  return cookie('openics-session', isSecure(address));
}

/** Only a path of ours: nobody is led to another site after signing in. */
export function ownPath(to: string): string {
  const base = 'http://here.invalid';
  const url = URL.parse(to, base);
  if (url === null || url.origin !== base || !to.startsWith('/')) return '/';
  return `${url.pathname}${url.search}`;
}

/** What stands sealed in the browser while somebody is away. */
type Trip = { expected: Expected; left: number };

/** What was expected back; nothing when it was not sealed here, or somebody was away for too long, whatever the browser keeps. */
function expectedOf(sealed: string | undefined, sealer: Sealer, now: Date): Expected | undefined {
  const text = sealed === undefined ? undefined : sealer.open(sealed);
  if (text === undefined) return undefined;
  const { expected, left } = JSON.parse(text) as Trip;
  return now.getTime() - left < tripSeconds * 1000 ? expected : undefined;
}

const unknownProvider = (): Problem =>
  new Problem('sign-in/unknown-provider', 404, 'There is no such way to sign in.', {
    place: 'provider',
    wayOut: 'Choose one of the ways on the sign-in page.',
  });
const staleTrip = (): Problem =>
  new Problem('sign-in/not-expected', 403, 'This sign-in did not begin in this browser, or took too long.', {
    wayOut: 'Sign in again from the start.',
  });
const notSignedIn = (): Problem =>
  new Problem('sign-in/not-signed-in', 401, 'You are not signed in.', { wayOut: 'Sign in first.' });
