import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Day } from '../../../organisations/index.ts';
import { Problem } from '../../../platform/errors.ts';
import { exceptionFault, partKeys, shortInWords, type ShortRsa } from '../keys/strength.ts';
import { isThisMachine } from '../providers/settings.ts';
import { readScope } from './scopes.ts';

/** What somebody says of a program or app that is to be let in. */
export type Registration = {
  clientId: string;
  name: string;
  kind: 'program' | 'app';
  /** The public keys it signs with, as it published them, or where it publishes them. */
  jwks?: unknown;
  jwksAddress?: string;
  /** Where an app takes people back to, where it starts when it is opened from a record, and what it says of itself. */
  redirects: string[];
  launchAddress?: string;
  home?: string;
  scopes: string[];
  /** Its RSA keys of 2048 bits are taken until a day. */
  rsa2048Until?: ShortRsa;
};

const launchScopes = new Set(['launch', 'launch/patient']);

/**
 * The OpenID metadata of a registration that holds on a day. Throws a Problem that names what does not.
 * Source: SMART App Launch 2.2.0, client registration and asymmetric authentication.
 */
export function metadataFrom(given: Registration, today: Day): Record<string, unknown> {
  if (!/^[a-z0-9][a-z0-9-]{1,62}$/.test(given.clientId))
    throw wrong('id', 'An id has small letters, digits and “-”, 2 to 63 of them.');
  if (given.name.trim() === '') throw wrong('--name', 'Say what it is called, as people will read it.');
  checkScopes(given);
  const keys = keysOf(given, today);
  if (given.kind === 'program') {
    if (keys === undefined) throw wrong('--jwks', 'A program signs: say which keys are its own.');
    return keys;
  }
  if (given.redirects.length === 0) throw wrong('--redirect', 'Say where the app takes people back to.');
  for (const address of given.redirects) checkAddress('--redirect', address);
  if (given.launchAddress !== undefined) checkAddress('--launch', given.launchAddress);
  if (given.home !== undefined) checkAddress('--home', given.home);
  return {
    redirect_uris: given.redirects,
    ...keys,
    ...(given.launchAddress === undefined ? {} : { launch_uri: given.launchAddress }),
    ...(given.home === undefined ? {} : { client_uri: given.home }),
  };
}

function checkScopes({ scopes, kind }: Registration): void {
  if (!scopes.some((text) => readScope(text) !== undefined))
    throw wrong('--scope', 'Say what it may ask for, such as system/Observation.rs.');
  for (const text of scopes) {
    const scope = readScope(text);
    if (scope === undefined && !(kind === 'app' && launchScopes.has(text)))
      throw wrong('--scope', `${text} is no scope that is given here.`);
    if (scope !== undefined && (scope.level === 'system') !== (kind === 'program'))
      throw wrong('--scope', `${text}: a program has scopes of system/, an app of patient/ and user/.`);
  }
}

function keysOf(given: Registration, today: Day): Record<string, unknown> | undefined {
  const { jwks, jwksAddress, rsa2048Until } = given;
  const fault = rsa2048Until === undefined ? undefined : exceptionFault(rsa2048Until);
  if (fault !== undefined) throw wrong('--rsa2048-until', fault);
  const exception = rsa2048Until === undefined ? {} : { rsa2048Until };
  if (jwksAddress !== undefined) {
    checkAddress('--jwks', jwksAddress);
    return { jwks_uri: jwksAddress, ...exception };
  }
  if (jwks === undefined) return undefined;
  const { keys } = jwks as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw wrong('--jwks', 'It is not a set of keys (JWKS).');
  for (const key of keys) checkKey(key as JsonWebKey);
  const [short] = partKeys(keys, rsa2048Until, today).short;
  if (short !== undefined)
    throw new Problem('programs/registration', 400, shortInWords(short), {
      place: '--jwks',
      wayOut:
        'Ask for RSA of 3072 bits or a key on P-384, or give --rsa2048-until DAY and --rsa2048-reason TEXT.',
    });
  return { jwks: { keys }, ...exception };
}

/** Only a public key, and one that RS384 or ES384 can be checked with. Source: RFC 7518. */
function checkKey(key: JsonWebKey): void {
  if (key.d !== undefined || key.kty === 'oct')
    throw wrong('--jwks', 'It holds a private key. Give only the public one, and make a new pair.');
  try {
    const { asymmetricKeyDetails: details, asymmetricKeyType: type } = createPublicKey({
      key,
      format: 'jwk',
    });
    if (type === 'rsa') return;
    if (type === 'ec' && details?.namedCurve === 'secp384r1') return;
  } catch {
    throw wrong('--jwks', 'One of its keys cannot be read.');
  }
  throw wrong('--jwks', 'Keys are RSA of 3072 bits or more (RS384), or on the curve P-384 (ES384).');
}

function checkAddress(place: string, text: string): void {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hash !== '' || url.username !== '')
    throw wrong(place, `${text} is no address that can be used.`);
  if (url.protocol === 'http:' && !isThisMachine(text))
    throw wrong(place, `${text} is not reached by https. Only this machine may go without.`);
}

const wrong = (place: string, message: string): Problem =>
  new Problem('programs/registration', 400, message, {
    place,
    wayOut: './openics programs --help shows what is needed.',
  });
