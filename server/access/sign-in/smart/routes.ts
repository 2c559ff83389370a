import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { sealingKey } from '../../../platform/sealing/index.ts';
import { tokenLimit } from '../limits.ts';
import { allowedApps } from './allowed.ts';
import { limitPrograms } from './limit-programs.ts';
import { mount } from '../mount.ts';
import type { Recording } from '../session/sessions.ts';
import type { Session } from '../types.ts';
import type { AllowedApps } from '../visits/routes.ts';
import { registerAppRequests, type AppEvent } from './app-requests.ts';
import {
  assertionMethods,
  authorisationServer,
  oauthPath,
  type TokenRecording,
} from './authorisation-server.ts';
import { findClient, type Client } from './clients.ts';
import { allowAppOrigins } from './cors.ts';
import { registerLaunches } from './launches.ts';
import { createLeaves } from './leaves.ts';
import { patientLookUp } from './patients.ts';
import { readScope, type FhirScope } from './scopes.ts';

/** A program that showed a token: who it is, and what the token lets it ask for. */
export type Program = { client: Client; scopes: FhirScope[] };

/** An app that showed a token: for whose visit it speaks, what it was allowed, and about whom. */
export type AppVisit = {
  client: Client;
  session: Session;
  scopes: FhirScope[];
  /** Under which the Patient is filed it was opened for; scopes of the level `patient` reach only this person. */
  patientId: string | undefined;
};

export type Programs = {
  /** The program behind a request's bearer token; none when the token is unknown, ended, or its registration ended. */
  programOf(request: FastifyRequest): Promise<Program | undefined>;
  /** The app behind it; none, too, when the visit ended in which it was allowed, or its role was changed. */
  appOf(request: FastifyRequest): Promise<AppVisit | undefined>;
  /** What was allowed in visits. */
  allowed: AllowedApps;
};

export type ProgramParts = {
  db: Db;
  clock: Clock;
  address: () => string;
  /** Told of what should not happen. Texts of the library hold no data of people. */
  onError(error: unknown): void;
  tokenRecording: TokenRecording;
  /** Visits, where people can sign in. Without them there are programs and no apps. */
  visits?: {
    sessionOf(request: FastifyRequest): Promise<Session | undefined>;
    /** A live visit by its id. Asking does not prolong it. */
    liveSession(id: string): Promise<Session | undefined>;
    /** Puts on record what changed nothing, such as a refusal: durable when it resolves. */
    note(event: AppEvent): Promise<void>;
    /** Puts on record, in the transaction that changes it, what changed. */
    recordingOf(event: AppEvent): Recording;
    /** The id under which the record files a Patient; it does not say whether anybody may see it. */
    patientIdOf(id: string): Promise<string | undefined>;
  };
};

const access = { action: 'operate', resource: 'sign-in' } as const;

/** Adds the token server at `/oauth`, says where it is as SMART asks, and lets people open and allow apps. */
export async function registerPrograms(
  app: FastifyInstance,
  { db, clock, address, visits, onError, tokenRecording }: ProgramParts,
): Promise<Programs> {
  const leaves = createLeaves(db, clock, visits?.liveSession ?? (async () => undefined));
  const cookieKey = (await sealingKey(db, 'apps', clock())).toString('base64url');
  let made: Provider | undefined;
  const provider = (): Provider =>
    (made ??= authorisationServer({
      address: address(),
      db,
      clock,
      leaves,
      cookieKey,
      onError,
      tokenRecording,
    }));
  await mount(app, oauthPath, () => provider().callback(), { access, limit: tokenLimit, anySite: true });
  limitPrograms(app);

  app.get('/fhir/.well-known/smart-configuration', { config: { access } }, async (_request, reply) =>
    reply.type('application/json').send(smartConfiguration(address(), visits !== undefined)),
  );
  if (visits !== undefined) {
    const { sessionOf, note, recordingOf, patientIdOf } = visits;
    const parts = {
      db,
      clock,
      address,
      provider,
      leaves,
      patients: patientLookUp(app, patientIdOf),
      sessionOf,
      note,
      recordingOf,
    };
    registerAppRequests(app, parts);
    registerLaunches(app, parts);
    allowAppOrigins(app, db, clock);
  }

  const clientOf = (clientId: string | undefined) =>
    clientId === undefined ? undefined : findClient(db, clientId, clock());
  return {
    allowed: allowedApps(db, clock, leaves),
    async programOf(request) {
      const token = bearer(request.headers.authorization);
      if (token === undefined) return undefined;
      const found = await provider().ClientCredentials.find(token);
      if (!found?.isValid) return undefined;
      const client = await clientOf(found.clientId);
      return client === undefined ? undefined : { client, scopes: scopesOf(found.scope) };
    },
    async appOf(request) {
      const token = bearer(request.headers.authorization);
      if (token === undefined) return undefined;
      const found = await provider().AccessToken.find(token);
      if (!found?.isValid) return undefined;
      const [client, leave] = await Promise.all([clientOf(found.clientId), leaves.find(found.grantId)]);
      if (client === undefined || leave === undefined) return undefined;
      await leaves.use(found.grantId, leave);
      return {
        client,
        session: leave.session,
        scopes: scopesOf(found.scope),
        patientId: leave.patient?.patientId,
      };
    },
  };
}

/** Where tokens are had and what can be asked for. It says only what is so. Source: SMART App Launch 2.2.0, "Conformance". */
function smartConfiguration(address: string, withApps: boolean): Record<string, unknown> {
  const base = `${address}${oauthPath}`;
  return {
    issuer: base,
    jwks_uri: `${base}/jwks`,
    token_endpoint: `${base}/token`,
    introspection_endpoint: `${base}/token/introspection`,
    revocation_endpoint: `${base}/token/revocation`,
    token_endpoint_auth_signing_alg_values_supported: assertionMethods,
    code_challenge_methods_supported: ['S256'],
    ...(withApps
      ? {
          authorization_endpoint: `${base}/auth`,
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'client_credentials'],
          token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
          scopes_supported: ['launch', 'launch/patient', 'patient/*.cruds', 'user/*.cruds', 'system/*.cruds'],
        }
      : {
          grant_types_supported: ['client_credentials'],
          token_endpoint_auth_methods_supported: ['private_key_jwt'],
          scopes_supported: ['system/*.cruds'],
        }),
    capabilities: [
      'client-confidential-asymmetric',
      'permission-v1',
      'permission-v2',
      ...(withApps
        ? [
            'launch-ehr',
            'launch-standalone',
            'client-public',
            'context-banner',
            'context-ehr-patient',
            'context-standalone-patient',
            'permission-patient',
            'permission-user',
            'authorize-post',
          ]
        : []),
    ],
  };
}

function scopesOf(scope: string | undefined): FhirScope[] {
  return (scope ?? '').split(' ').flatMap((text) => readScope(text) ?? []);
}

function bearer(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
}
