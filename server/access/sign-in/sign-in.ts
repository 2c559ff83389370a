import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { regularly } from '../../platform/regularly.ts';
import { createSealer, sealingKey } from '../../platform/sealing/index.ts';
import { createDescribe } from './describe.ts';
import { demonstrationSettings, residentSettings } from './demonstration/provider.ts';
import { registerDemonstrationProvider } from './demonstration/routes.ts';
import type { Persona } from './demonstration/types.ts';
import { keptItems, removeEnded } from './kept/store.ts';
import { relyingParty } from './providers/relying-party.ts';
import type { ProviderSettings } from './providers/settings.ts';
import { registerSignInRoutes, visitCookie, type SignInEvent, type SignInRecord } from './routes.ts';
import { createSessions, type Recording } from './session/sessions.ts';
import type { Identity, Session, TimeLimits } from './types.ts';
import { registerVisits, type AllowedApps } from './visits/routes.ts';

export type SignInOptions = {
  db: Db;
  clock: Clock;
  /** The address people use, without a slash at its end; asked when the server listens. */
  address(): string;
  providers: ProviderSettings[];
  /** Made-up people to sign in as. Only a demonstration has them. */
  personas?: () => Promise<Persona[]>;
  record: SignInRecord;
  /** Apps that were allowed to see things; asked when somebody asks. */
  apps?: () => AllowedApps | undefined;
  /** Told when what is done regularly fails. */
  onError(error: unknown): void;
  limits?: Record<Identity['kind'], TimeLimits>;
};

export type SignIn = {
  /** The live visit a request belongs to. */
  sessionOf(request: FastifyRequest): Promise<Session | undefined>;
  /** A live visit by its id, for the apps that were allowed in it. Asking does not prolong it. */
  liveSession(id: string): Promise<Session | undefined>;
};

/** Adds sign-in to the web server: the ways of `providers`, and the demonstration's own where there are personas. */
export async function registerSignIn(app: FastifyInstance, options: SignInOptions): Promise<SignIn> {
  const { db, clock, address, personas, record } = options;
  const recordingOf =
    (what: SignInEvent['what'], { identity }: Session, target?: string): Recording =>
    async (tx) => {
      const event = { what, provider: identity.provider, identity };
      const recording = await record.recording(target === undefined ? event : { ...event, target });
      await recording(tx);
    };
  const timedOut = (session: Session): Recording => recordingOf('visit-timed-out', session);
  const sessions = createSessions(db, clock, timedOut, options.limits);
  const callback = (): string => `${address()}/sign-in/back`;
  const parties = options.providers.map((settings) =>
    relyingParty(settings, callback, options.onError, clock),
  );
  if (personas !== undefined) {
    await registerDemonstrationProvider(app, address, keptItems(db, clock, 'demonstration'), personas);
    const shapes = [demonstrationSettings, residentSettings];
    parties.push(
      ...shapes.map((shape) => relyingParty(() => shape(address()), callback, options.onError, clock)),
    );
  }
  const visit = visitCookie(address);
  const sealer = createSealer(await sealingKey(db, 'sign-in', clock()));
  const describe = createDescribe(db, clock);
  const sessionOf: SignIn['sessionOf'] = async (request) => {
    const word = visit.read(request);
    return word === undefined ? undefined : sessions.find(word);
  };
  registerSignInRoutes(app, {
    sessions,
    providers: parties,
    sealer,
    clock,
    address,
    visit,
    describe,
    record,
  });
  registerVisits(app, {
    sessions,
    clock,
    describe,
    sessionOf,
    apps: options.apps ?? (() => undefined),
    recordingOf,
  });
  const tidying = regularly(() => removeEnded(db, clock()), { everyMs: 60_000, onError: options.onError });
  app.addHook('onClose', () => tidying.stop());
  return {
    sessionOf,
    liveSession: (id) => sessions.byId(id),
  };
}
