import { generateKeyPairSync } from 'node:crypto';
import { errors, Provider, type Adapter, type Configuration, type JWK } from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { keptItems } from '../kept/store.ts';
import { findClient, type Client } from './clients.ts';
import { grantable } from './scopes.ts';

export const oauthPath = '/oauth';

/** A token of a program lives this long. SMART Backend Services asks for five minutes at most. */
const programTokenSeconds = 300;

/** Methods by which a program signs its assertion. SMART asks for RS384 and ES384. */
export const assertionMethods = ['RS384', 'ES384'] as const;

/**
 * Gives tokens to registered programs for signed assertions (SMART Backend Services; RFC 7523). All it knows is in the database.
 */
export function authorisationServer(address: string, db: Db, clock: Clock): Provider {
  const items = keptItems(db, clock, 'smart');
  const fhir = `${address}/fhir`;
  const configuration: Configuration = {
    adapter: (model) => (model === 'Client' ? clientAdapter(db, clock) : items(model)),
    jwks: { keys: [signingKey()] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: [...assertionMethods] },
    responseTypes: ['code'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => fhir,
        getResourceServerInfo: async (ctx, _resource, client) => {
          const asked = String(ctx.oidc.params?.['scope'] ?? '').split(' ');
          const registered = await findClient(db, client.clientId, clock());
          const scopes = grantable(asked, registered?.scopes ?? []);
          if (scopes.length === 0)
            throw new errors.InvalidScope('none of the scopes asked for was registered', asked.join(' '));
          return {
            scope: scopes.join(' '),
            audience: fhir,
            accessTokenFormat: 'opaque',
            accessTokenTTL: programTokenSeconds,
          };
        },
      },
    },
    ttl: { ClientCredentials: programTokenSeconds },
    renderError(ctx, out) {
      ctx.type = 'json';
      ctx.body = out;
    },
  };
  return new Provider(`${address}${oauthPath}`, configuration);
}

const never = async (): Promise<undefined> => undefined;

/** Clients are read from their own table; nothing about them is kept elsewhere. */
function clientAdapter(db: Db, clock: Clock): Adapter {
  return {
    find: async (id) => {
      const client = await findClient(db, id, clock());
      return client === undefined ? undefined : { ...metadataOf(client) };
    },
    upsert: never,
    findByUserCode: never,
    findByUid: never,
    consume: never,
    destroy: never,
    revokeByGrantId: never,
  };
}

function metadataOf({ clientId, name, registration }: Client): Record<string, unknown> {
  return {
    ...registration,
    client_id: clientId,
    client_name: name,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
  };
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'RS256' };
}
