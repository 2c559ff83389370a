import { generateKeyPairSync } from 'node:crypto';
import {
  errors,
  interactionPolicy,
  Provider,
  type Adapter,
  type Configuration,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import { pastWallDb, type Db } from '../../../platform/db/index.ts';
import { keptItems } from '../kept/store.ts';
import type { Recording } from '../session/sessions.ts';
import type { Session } from '../types.ts';
import { onlyTo } from '../outgoing.ts';
import { findClient, keyAddresses } from './clients.ts';
import { checkedKeys, type CheckedKeys } from './key-length.ts';
import { isOriginOf, metadataOf } from './metadata.ts';
import { somebody, type Leaves } from './leaves.ts';
import { grantable } from './scopes.ts';

export const oauthPath = '/oauth';

/** The page on which somebody allows an app to see things. */
export const askingPath = '/app-request';

/** A token of a program lives this long. SMART Backend Services asks for five minutes at most. */
const programTokenSeconds = 300;

/** A token of an app. It ends sooner when the visit ends in which it was allowed. SMART asks for an hour at most. */
const appTokenSeconds = 3600;
const tripSeconds = 600;

/** Methods by which a program signs its assertion. SMART asks for RS384 and ES384. */
export const assertionMethods = ['RS384', 'ES384'] as const;

/** Tokens with which data is asked for. */
const givenTokens: ReadonlySet<string> = new Set(['AccessToken', 'ClientCredentials']);

export type ServerParts = {
  address: string;
  db: Db;
  clock: Clock;
  leaves: Leaves;
  /** Signs the cookies of somebody on the way through. The same on every server of one database. */
  cookieKey: string;
  onError(error: unknown): void;
  tokenRecording: TokenRecording;
};

/** Puts on record, in the transaction that keeps it, that a program got a token, or an app for somebody's visit. */
export type TokenRecording = (given: { clientId: string; session: Session | undefined }) => Recording;

/**
 * Gives tokens to registered programs for signed assertions (SMART Backend Services; RFC 7523), and to apps that somebody who is
 * signed in allowed (SMART App Launch; RFC 6749 with RFC 7636). All it knows is in the database.
 */
export function authorisationServer(parts: ServerParts): Provider {
  const { address, db, clock, leaves, cookieKey, onError, tokenRecording } = parts;
  const items = keptItems(db, clock, 'smart');
  const keys = checkedKeys(
    db,
    clock,
    onlyTo(async ({ href }) => (await keyAddresses(db, clock())).has(href)),
  );
  const fhir = `${address}/fhir`;
  const keepToken =
    (model: string): Adapter['upsert'] =>
    async (id, payload, expiresIn) => {
      const session = (await leaves.find(payload.grantId))?.session;
      const record = tokenRecording({ clientId: payload.clientId ?? 'not-known', session });
      await pastWallDb(db, 'writing').transaction(async (tx) => {
        await keptItems(tx, clock, 'smart')(model).upsert(id, payload, expiresIn);
        await record(tx);
      });
    };
  const configuration: Configuration = {
    adapter: (model) => {
      if (model === 'Client') return clientAdapter(db, clock, keys);
      return givenTokens.has(model) ? { ...items(model), upsert: keepToken(model) } : items(model);
    },
    jwks: { keys: [signingKey()] },
    fetch: keys.ask,
    clientAuthMethods: ['private_key_jwt', 'none'],
    enabledJWA: { clientAuthSigningAlgValues: [...assertionMethods], idTokenSigningAlgValues: ['ES256'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    responseTypes: ['code'],
    expiresWithSession: async () => false,
    pkce: { required: () => true },
    interactions: { policy: alwaysAsk(), url: (_ctx, { uid }) => `${askingPath}/${uid}` },
    extraParams: {
      aud: (_ctx, given, client) => {
        if (given !== undefined && client.grantTypeAllowed('authorization_code') && given !== fhir)
          throw new errors.InvalidRequest('aud is not the address of this FHIR server');
      },
      launch: null,
    },
    loadExistingGrant: async ({ oidc }) => {
      const grantId = oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : oidc.provider.Grant.find(grantId);
    },
    findAccount: async (_ctx, id, token) => {
      if (token !== undefined && 'grantId' in token && (await leaves.find(token.grantId)) === undefined)
        return undefined;
      return { accountId: id, claims: () => ({ sub: id }) };
    },
    clientBasedCORS: (_ctx, origin, client) => isOriginOf(client.redirectUris ?? [], origin),
    cookies: {
      keys: [cookieKey],
      names: { session: 'openics-app-trip', interaction: 'openics-app-asking', resume: 'openics-app-resume' },
      long: { path: oauthPath, httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => fhir,
        useGrantedResource: () => true,
        getResourceServerInfo: async (ctx, resource, client) => {
          if (resource !== fhir) throw new errors.InvalidTarget();
          const asked = askedScopes(ctx);
          const registered = await findClient(db, client.clientId, clock());
          const scopes = grantable(asked, registered?.scopes ?? []);
          if (scopes.length === 0)
            throw new errors.InvalidScope('none of the scopes asked for was registered', asked.join(' '));
          return {
            scope: scopes.join(' '),
            audience: fhir,
            accessTokenFormat: 'opaque',
            accessTokenTTL: registered?.kind === 'app' ? appTokenSeconds : programTokenSeconds,
          };
        },
      },
    },
    ttl: {
      ClientCredentials: programTokenSeconds,
      AccessToken: appTokenSeconds,
      AuthorizationCode: 60,
      Grant: appTokenSeconds + 60,
      Interaction: tripSeconds,
      Session: tripSeconds,
      IdToken: 60,
    },
    renderError(ctx, out) {
      ctx.type = 'json';
      ctx.body = out;
    },
  };
  const provider = new Provider(`${address}${oauthPath}`, configuration);
  provider.proxy = address.startsWith('https://');
  provider.on('server_error', (_ctx, error) => onError(error));
  provider.use(async (ctx, next) => {
    await next();
    await addContext(ctx as KoaContextWithOIDC, leaves);
    await tellShortKey(ctx as KoaContextWithOIDC, keys);
  });
  return provider;
}

/** At the token endpoint an app names no scopes: those of its code count. */
function askedScopes({ oidc }: KoaContextWithOIDC): string[] {
  const said = oidc.params?.['scope'] ?? oidc.entities.AuthorizationCode?.scope ?? '';
  return String(said).split(' ').filter(Boolean);
}

/** Says with a token whom it is about, as SMART asks of the answers of the token and introspection endpoints. */
async function addContext(ctx: KoaContextWithOIDC, leaves: Leaves): Promise<void> {
  const route: string | undefined = ctx.oidc?.route;
  const token = ctx.oidc?.entities.AccessToken;
  if (token === undefined || (route !== 'token' && route !== 'introspection') || ctx.status !== 200) return;
  const body = ctx.body as Record<string, unknown>;
  if (body['active'] === false) return;
  const leave = await leaves.find(token.grantId);
  if (route === 'introspection') {
    delete body['sub'];
    if (leave === undefined) {
      ctx.body = { active: false };
      return;
    }
  }
  if (leave?.patient !== undefined) Object.assign(body, { patient: leave.patient.id });
  if (route === 'token') Object.assign(body, { need_patient_banner: true });
}

/** Says why an assertion was refused where its key is too short. */
async function tellShortKey(ctx: KoaContextWithOIDC, keys: CheckedKeys): Promise<void> {
  const body = ctx.body as Record<string, unknown> | undefined;
  const assertion = ctx.oidc?.params?.['client_assertion'];
  if (body?.['error'] !== 'invalid_client' || typeof assertion !== 'string') return;
  const why = await keys.whyRefused(assertion);
  if (why !== undefined) body['error_description'] = why;
}

/** Whoever comes is asked each time: what was allowed once is not allowed again without them. */
function alwaysAsk(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const login = policy.get('login');
  login?.checks.clear();
  login?.checks.add(
    new interactionPolicy.Check(
      'asked_each_time',
      'somebody must allow this',
      'login_required',
      ({ oidc }) =>
        oidc.result?.login?.accountId === somebody
          ? interactionPolicy.Check.NO_NEED_TO_PROMPT
          : interactionPolicy.Check.REQUEST_PROMPT,
    ),
  );
  return policy;
}

const never = async (): Promise<undefined> => undefined;

/** Clients are read from their own table; nothing about them is kept elsewhere. */
function clientAdapter(db: Db, clock: Clock, keys: CheckedKeys): Adapter {
  return {
    find: async (id) => {
      const client = await findClient(db, id, clock());
      return client === undefined ? undefined : metadataOf(keys.without(client));
    },
    upsert: never,
    findByUserCode: never,
    findByUid: never,
    consume: never,
    destroy: never,
    revokeByGrantId: never,
  };
}

/** The server wants a key though it signs nothing: tokens are opaque, and there are no identity tokens. */
function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'ES256' };
}
