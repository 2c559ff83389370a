import { generateKeyPairSync } from 'node:crypto';
import { Provider, type AdapterFactory, type Configuration, type JWK } from 'oidc-provider';
import { checkProviders, type ProviderSettings } from '../providers/settings.ts';
import { refusalPage } from './refusal.ts';
import type { Persona } from './types.ts';

export const demonstrationPath = '/demonstration/identity';
const clientId = 'openics-demonstration';

/** What `relyingParty` needs to send people to the demonstration's provider. */
export function demonstrationSettings(address: string): ProviderSettings {
  const [settings] = checkProviders(
    {
      providers: [
        {
          name: 'demonstration',
          label: 'Demonstration: choose who to be',
          issuer: `${address}${demonstrationPath}`,
          clientId,
          scope: 'openid profile',
          kind: 'staff',
          claims: 'cis2',
          leastAssurance: 3,
        },
      ],
    },
    'demonstration',
  );
  return settings as ProviderSettings;
}

/** The same for made-up residents, in the shape of NHS login. */
export function residentSettings(address: string): ProviderSettings {
  return {
    ...demonstrationSettings(address),
    name: 'demonstration-resident',
    label: 'Demonstration: see your own record',
    kind: 'person',
    claims: 'nhs-login',
    leastAssurance: 9,
    asked: { login_hint: 'resident' },
  };
}

/**
 * An OpenID provider whose users are made up and need no password. Its signing key ends with the process.
 * Only a demonstration may have it.
 */
export function demonstrationProvider(
  address: string,
  adapter: AdapterFactory,
  findPersona: (id: string) => Promise<Persona | undefined>,
): Provider {
  const configuration: Configuration = {
    adapter,
    renderError(ctx, { error, error_description: description }) {
      ctx.type = 'html';
      ctx.body = refusalPage(error, description ?? 'The request does not hold.');
    },
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
        redirect_uris: [`${address}/sign-in/back`],
        post_logout_redirect_uris: [`${address}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    responseTypes: ['code'],
    jwks: { keys: [signingKey()] },
    pkce: { required: () => true },
    claims: {
      openid: ['sub'],
      profile: [
        'display_name',
        'name',
        'given_name',
        'family_name',
        'idassurancelevel',
        'nhsid_nrbac_roles',
        'nhs_number',
        'birthdate',
        'identity_proofing_level',
      ],
    },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `${demonstrationPath}-choice/${uid}` },
    cookies: { keys: [signingKey().d as string] },
    ttl: { Session: 60, Interaction: 600, Grant: 600, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
    async findAccount(_ctx, id) {
      const persona = await findPersona(id);
      if (persona === undefined) return undefined;
      return { accountId: id, claims: () => claimsOf(persona) };
    },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
  return new Provider(`${address}${demonstrationPath}`, configuration);
}

function claimsOf({ id, name, kind, roles, nhsNumber, birthDate }: Persona) {
  const [given, ...family] = name.split(' ');
  const known = { sub: id, name, given_name: given, family_name: family.join(' ') };
  if (kind === 'person')
    return { ...known, nhs_number: nhsNumber, birthdate: birthDate, identity_proofing_level: 'P9' };
  return {
    ...known,
    display_name: name,
    idassurancelevel: '3',
    nhsid_nrbac_roles: roles.map(({ id: role, organisation, role: code, roleName }) => ({
      person_roleid: role,
      org_code: organisation,
      role_code: code,
      role_name: roleName,
    })),
  };
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'ES256' };
}
