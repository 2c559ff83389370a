import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { mount } from '../mount.ts';
import { assertionMethods, authorisationServer, oauthPath } from './authorisation-server.ts';
import { findClient, type Client } from './clients.ts';
import { readScope, type FhirScope } from './scopes.ts';

/** A program that showed a token: who it is, and what the token lets it ask for. */
export type Program = { client: Client; scopes: FhirScope[] };

export type Programs = {
  /** The program behind a request's bearer token; none when the token is unknown, ended, or its registration ended. */
  programOf(request: FastifyRequest): Promise<Program | undefined>;
};

const access = { action: 'operate', resource: 'sign-in' } as const;

/** Adds the token server at `/oauth` and says where it is, as SMART asks. */
export async function registerPrograms(
  app: FastifyInstance,
  { db, clock, address }: { db: Db; clock: Clock; address: () => string },
): Promise<Programs> {
  let made: Provider | undefined;
  const provider = (): Provider => (made ??= authorisationServer(address(), db, clock));
  await mount(app, oauthPath, () => provider().callback(), access);

  app.get('/fhir/.well-known/smart-configuration', { config: { access } }, async (_request, reply) => {
    const base = `${address()}${oauthPath}`;
    return reply.type('application/json').send({
      issuer: base,
      jwks_uri: `${base}/jwks`,
      token_endpoint: `${base}/token`,
      introspection_endpoint: `${base}/token/introspection`,
      revocation_endpoint: `${base}/token/revocation`,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: assertionMethods,
      grant_types_supported: ['client_credentials'],
      scopes_supported: ['system/*.cruds'],
      code_challenge_methods_supported: ['S256'],
      capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
    });
  });

  return {
    async programOf(request) {
      const token = bearer(request.headers.authorization);
      if (token === undefined) return undefined;
      const found = await provider().ClientCredentials.find(token);
      if (found?.clientId === undefined || !found.isValid) return undefined;
      const client = await findClient(db, found.clientId, clock());
      if (client === undefined) return undefined;
      return { client, scopes: (found.scope ?? '').split(' ').flatMap((text) => readScope(text) ?? []) };
    },
  };
}

function bearer(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
}
