import { createPrivateKey, webcrypto } from 'node:crypto';
import * as openid from 'openid-client';
import { dayOf } from '../../../organisations/index.ts';
import type { Clock } from '../../../platform/clock.ts';
import { Problem } from '../../../platform/errors.ts';
import { secretFile } from '../../../platform/secrets/index.ts';
import { leastBits, leastRsaBits, shortInWords, type ShortKey } from '../keys/strength.ts';
import { onlyTo } from '../outgoing.ts';
import { isThisMachine, type ProviderSettings } from './settings.ts';
import { withoutShortKeys, type KeyWatch } from './key-length.ts';

/** What must come back with somebody, kept sealed in the browser until then. */
export type Expected = { provider: string; state: string; nonce: string; verifier: string; to: string };

/** One provider, from our side: we send people there and read who comes back. */
export type RelyingParty = {
  readonly settings: ProviderSettings;
  /** Where to send somebody, and what to expect back. `again`: they are to show anew who they are. */
  leave(to: string, again?: boolean): Promise<{ address: URL; expected: Expected }>;
  /** The verified claims of somebody who came back. Throws a Problem when anything is not as expected. */
  arrive(came: URL, expected: Expected): Promise<Record<string, unknown>>;
  /** Where somebody is signed out of the provider too, where it offers that. */
  goodbye(to: string): Promise<URL | undefined>;
};

/** How long discovery is trusted: keys are fetched anew by the library when a new one signs. */
const discoveryMs = 60 * 60_000;

/** Connects to a provider at the first use. `callback` is where people come back to. `onAway` is told why one could not be asked. */
export function relyingParty(
  given: ProviderSettings | (() => ProviderSettings),
  callback: () => string,
  onAway: (error: unknown) => void,
  clock: Clock,
): RelyingParty {
  const known = (): ProviderSettings => (typeof given === 'function' ? given() : given);
  let found: { configuration: Promise<openid.Configuration>; at: number } | undefined;
  const watch: KeyWatch = { keysAt: undefined, short: [] };

  const configuration = (): Promise<openid.Configuration> => {
    if (found !== undefined && performance.now() - found.at < discoveryMs) return found.configuration;
    const fresh = { configuration: discover(known(), watch, clock), at: performance.now() };
    found = fresh;
    fresh.configuration.catch((error: unknown) => {
      onAway(error instanceof Problem && error.cause !== undefined ? error.cause : error);
      if (found === fresh) found = undefined;
    });
    return fresh.configuration;
  };

  return {
    get settings() {
      return known();
    },
    async leave(to, again = false) {
      const settings = known();
      const config = await configuration();
      const verifier = openid.randomPKCECodeVerifier();
      const expected: Expected = {
        provider: settings.name,
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier,
        to,
      };
      const address = openid.buildAuthorizationUrl(config, {
        redirect_uri: callback(),
        scope: settings.scope,
        state: expected.state,
        nonce: expected.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...settings.asked,
        ...(again ? { prompt: 'login' } : {}),
      });
      return { address, expected };
    },
    async arrive(came, expected) {
      const config = await configuration();
      try {
        const tokens = await openid.authorizationCodeGrant(config, came, {
          pkceCodeVerifier: expected.verifier,
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw refused();
        if (config.serverMetadata().userinfo_endpoint === undefined) return { ...claims };
        const more = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
        return { ...more, ...claims };
      } catch (error) {
        if (error instanceof Problem) throw error;
        const short = shortKeyIn(error, watch.short);
        if (short !== undefined) {
          onAway(error);
          throw tooShort(known(), shortInWords(short));
        }
        if (isAnswer(error)) throw refused();
        onAway(error);
        throw away(known(), error);
      }
    },
    async goodbye(to) {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: to });
    },
  };
}

async function discover(
  settings: ProviderSettings,
  watch: KeyWatch,
  clock: Clock,
): Promise<openid.Configuration> {
  try {
    const ask = onlyTo((address) => hostsOf(settings).has(address.host));
    const found = await openid.discovery(
      new URL(settings.issuer),
      settings.clientId,
      undefined,
      await clientProof(settings, clock),
      {
        timeout: 10,
        [openid.customFetch]: withoutShortKeys(ask, watch, () => settings.rsa2048Until, clock),
        execute: [
          openid.enableNonRepudiationChecks,
          ...(isThisMachine(settings.issuer) ? [openid.allowInsecureRequests] : []),
        ],
      },
    );
    watch.keysAt = found.serverMetadata().jwks_uri;
    return found;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw away(settings, error);
  }
}

/** Where a provider may be asked: at its own host, and at others that the settings name. */
const hostsOf = ({ issuer, hosts = [] }: ProviderSettings): Set<string> =>
  new Set([new URL(issuer).host, ...hosts]);

async function clientProof(settings: ProviderSettings, clock: Clock): Promise<openid.ClientAuth> {
  if (settings.privateKeyFile !== undefined) {
    const key = createPrivateKey(await ourSecret(settings, settings.privateKeyFile));
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < leastBits(settings.rsa2048Until, dayOf(clock())))
      throw tooShort(settings, `Our own key is RSA of ${bits} bits; ${leastRsaBits} is the least.`);
    const data = key.export({ type: 'pkcs8', format: 'der' });
    const usage = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
    const imported = await webcrypto.subtle.importKey('pkcs8', data, usage, false, ['sign']);
    return openid.PrivateKeyJwt(imported as CryptoKey);
  }
  if (settings.clientSecretFile !== undefined)
    return openid.ClientSecretBasic((await ourSecret(settings, settings.clientSecretFile)).trim());
  return openid.None();
}

/** What a file holds, or who keeps secrets. Whoever signs in is not told where that is. */
async function ourSecret(settings: ProviderSettings, place: string): Promise<string> {
  return secretFile(place).catch((cause: unknown) => {
    throw away(settings, cause);
  });
}

/** The provider, or the browser, said something that does not hold: not a fault of the network. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof openid.AuthorizationResponseError ||
    error instanceof openid.ResponseBodyError ||
    (error instanceof openid.ClientError && error.code !== 'OAUTH_TIMEOUT')
  );
}

/** The key too short that a token was signed with, where that is why it is not believed. */
function shortKeyIn(error: unknown, short: readonly ShortKey[]): ShortKey | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { header } = (each.cause ?? {}) as { header?: { kid?: unknown } };
    if (header !== undefined) return short.find(({ kid }) => header.kid === undefined || kid === header.kid);
  }
  return undefined;
}

function tooShort({ label, name }: ProviderSettings, why: string): Problem {
  return new Problem('sign-in/short-key', 503, `${label}: ${why}`, {
    place: name,
    wayOut:
      'Tell whoever runs this OpenICS: a longer key or one on a curve is needed, or rsa2048Until in the settings.',
  });
}

function refused(): Problem {
  return new Problem('sign-in/refused', 403, 'The sign-in did not succeed.', {
    wayOut: 'Sign in again from the start. Old links and the browser’s back button do not work here.',
  });
}

function away(settings: ProviderSettings, cause: unknown): Problem {
  return new Problem('sign-in/provider-away', 503, `${settings.label} does not answer just now.`, {
    wayOut: 'Nothing is lost. Try again in a minute.',
    cause,
  });
}
