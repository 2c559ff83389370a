import { X509Certificate } from 'node:crypto';
import { DEFAULT_CIPHERS, type TlsOptions } from 'node:tls';
import { Problem } from '../../platform/errors.ts';

/** The least length of an RSA key: 128 bits of security. Source: NIST SP 800-57 part 1 rev 5 (2020), table 2. */
const leastRsaBits = 3072;

/**
 * The same options, by which only 128 bits of security are spoken: in our certificate, in those of senders and their authority, and
 * in ciphers (OpenSSL, security level 3). Throws a Problem where our own certificate or the authority has too short a key.
 */
export function strongOnly(tls: TlsOptions): TlsOptions {
  for (const [place, text] of [
    ['--mllp-cert', tls.cert],
    ['--mllp-ca', tls.ca],
  ] as const) {
    if (typeof text === 'string' || Buffer.isBuffer(text)) checkKey(place, text);
  }
  return { ...tls, ciphers: `${tls.ciphers ?? DEFAULT_CIPHERS}:@SECLEVEL=3` };
}

function checkKey(place: string, text: string | Buffer): void {
  const { publicKey, serialNumber } = new X509Certificate(text);
  const bits = publicKey.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined || bits >= leastRsaBits) return;
  throw new Problem(
    'start/mllp-tls',
    400,
    `The certificate ${serialNumber} has an RSA key of ${bits} bits; ${leastRsaBits} is the least that is taken.`,
    {
      place,
      wayOut: 'Use a certificate on a curve (P-256), or end TLS in a server in front, on this machine.',
    },
  );
}
