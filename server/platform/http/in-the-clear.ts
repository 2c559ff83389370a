import { Problem } from '../errors.ts';

/**
 * Refuses what somebody sent without TLS to an address that has it, as the server in front says. It is never redirected: what was sent
 * was already readable on the way, and whoever sent it must learn so.
 */
export function refuseInTheClear(
  address: string | undefined,
  forwarded: string | string[] | undefined,
): void {
  if (address?.startsWith('https:') !== true || forwarded === undefined) return;
  const said = String(forwarded)
    .toLowerCase()
    .split(',')
    .map((each) => each.trim());
  if (said.every((each) => each === 'https')) return;
  throw new Problem('http/in-the-clear', 403, 'This was sent without TLS, so others could read it.', {
    place: 'X-Forwarded-Proto',
    wayOut: `Use ${address}. Change any password or token that was sent.`,
  });
}
