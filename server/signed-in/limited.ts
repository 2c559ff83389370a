import type { FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';

const quietMs = 60_000;

/**
 * Puts on record that somebody asked too often to sign in or for tokens. Who they are is not known, so their address stands behind the
 * commitment. One address is on record once a minute for each kind of request, so that a flood does not fill the log too.
 */
export function noteLimited(
  log: Pick<AuditLog, 'note'>,
  clock: Clock,
): (request: Pick<FastifyRequest, 'ip' | 'id'>, word: string) => Promise<void> {
  const noted = new Map<string, number>();
  return async ({ ip, id }, word) => {
    const at = clock();
    const now = at.getTime();
    const key = `${word} ${ip}`;
    if (now - (noted.get(key) ?? -Infinity) < quietMs) return;
    for (const [old, when] of noted) if (now - when >= quietMs) noted.delete(old);
    noted.set(key, now);
    await log.note({
      at,
      kind: 'sign-in',
      outcome: 'refused',
      user: 'not-known',
      request: id,
      resource: word,
      rule: 'http/too-many',
      particulars: { userName: 'not known', address: ip },
    });
  };
}
