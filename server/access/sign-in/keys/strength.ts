import { isDay, type Day } from '../../../organisations/index.ts';

/** The least length of an RSA key: 128 bits of security. Source: NIST SP 800-57 part 1 rev 5 (2020), table 2. */
export const leastRsaBits = 3072;

/** The least where an exception is named: 112 bits of security. The same table. */
const leastExcepted = 2048;

/** No exception goes on for longer: 112 bits may not protect anything from 2031. Source: the same, table 4. */
const lastDayOfAny = '2030-12-31';

const leastReason = 10;

/** An exception that somebody named: RSA of 2048 bits is taken up to and with `day`. */
export type ShortRsa = { day: Day; reason: string };

/** A key that is too short to be taken. `kid` is what its owner calls it; undefined where it has no name. */
export type ShortKey = { kid: string | undefined; bits: number };

/** The length of an RSA key in JWK form, undefined for keys of another kind. */
export function rsaBits(key: unknown): number | undefined {
  const { kty, n } = (key ?? {}) as { kty?: unknown; n?: unknown };
  if (kty !== 'RSA') return undefined;
  const modulus = typeof n === 'string' ? Buffer.from(n, 'base64url') : Buffer.alloc(0);
  const first = modulus.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (modulus.length - first) * 8 - (Math.clz32(modulus[first] ?? 0) - 24);
}

/** Parts keys by whether they are taken on a day. Keys that are not RSA are judged elsewhere, and taken here. */
export function partKeys(
  keys: readonly unknown[],
  exception: ShortRsa | undefined,
  today: Day,
): { taken: unknown[]; short: ShortKey[] } {
  const least = leastBits(exception, today);
  const taken: unknown[] = [];
  const short: ShortKey[] = [];
  for (const key of keys) {
    const bits = rsaBits(key);
    if (bits === undefined || bits >= least) taken.push(key);
    else short.push({ kid: nameOf(key), bits });
  }
  return { taken, short };
}

/** True up to and with the last day of an exception. */
export const isInForce = (exception: ShortRsa | undefined, today: Day): boolean =>
  exception !== undefined && today <= exception.day && today <= lastDayOfAny;

/** The least length of an RSA key on a day. */
export const leastBits = (exception: ShortRsa | undefined, today: Day): number =>
  isInForce(exception, today) ? leastExcepted : leastRsaBits;

/** Why a key is not taken. */
export const shortInWords = ({ kid, bits }: ShortKey): string =>
  `The key ${kid === undefined ? 'without a kid' : kid} is RSA of ${bits} bits; ${leastRsaBits} is the least that is taken.`;

/** What is wrong with an exception, undefined where it may stand. */
export function exceptionFault({ day, reason }: ShortRsa): string | undefined {
  if (!isDay(day)) return `${day} is no day. It looks like 2027-03-31.`;
  if (day > lastDayOfAny) return `RSA of 2048 bits may be taken until ${lastDayOfAny} at the latest.`;
  if (reason.trim().length < leastReason) return 'Say why RSA of 2048 bits must be taken.';
  return undefined;
}

/** An exception for whoever runs OpenICS to read. */
export const exceptionInWords = ({ day, reason }: ShortRsa, today: Day): string =>
  `RSA of 2048 bits ${today <= day ? 'is taken until' : 'was taken until'} ${day}: ${reason}`;

function nameOf(key: unknown): string | undefined {
  const { kid } = key as { kid?: unknown };
  return typeof kid === 'string' && /^[\x21-\x7e]{1,200}$/.test(kid) ? kid : undefined;
}
