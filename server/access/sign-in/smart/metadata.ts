import type { Client } from './clients.ts';

/** A client as the OpenID library wants to read it. What we do not offer, no registration can switch on. */
export function metadataOf({ clientId, name, kind, registration }: Client): Record<string, unknown> {
  const { jwks, jwks_uri: keysAt, redirect_uris: redirects, client_uri: home } = registration;
  const keys = {
    ...(jwks === undefined ? {} : { jwks }),
    ...(keysAt === undefined ? {} : { jwks_uri: keysAt }),
  };
  const hasKeys = Object.keys(keys).length > 0;
  const known = { client_id: clientId, client_name: name, ...keys };
  if (kind === 'program')
    return {
      ...known,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
    };
  const addresses = Array.isArray(redirects) ? redirects.map(String) : [];
  return {
    ...known,
    ...(home === undefined ? {} : { client_uri: home }),
    application_type: addresses.every((each) => each.startsWith('https://')) ? 'web' : 'native',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: addresses,
    token_endpoint_auth_method: hasKeys ? 'private_key_jwt' : 'none',
  };
}

/** True when an app returns to this origin, so that its pages may call us from a browser. */
export function isOriginOf(redirects: readonly string[], origin: string): boolean {
  return redirects.some((each) => URL.parse(each)?.origin === origin);
}
