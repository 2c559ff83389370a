import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { appsInForce } from './clients.ts';
import { isOriginOf } from './metadata.ts';

const access = { action: 'operate', resource: 'sign-in' } as const;
const freshMs = 1_000;

/**
 * Lets the pages of registered apps call the FHIR API from a browser, by their token and never with a cookie. Others are not
 * told that they may (Fetch Standard, CORS protocol).
 */
export function allowAppOrigins(app: FastifyInstance, db: Db, clock: Clock): void {
  let kept: { redirects: string[]; readAt: number } | undefined;
  const isKnown = async (origin: string): Promise<boolean> => {
    if (kept === undefined || performance.now() - kept.readAt > freshMs) {
      const apps = await appsInForce(db, clock());
      const redirects = apps.flatMap(({ registration }) => (registration['redirect_uris'] ?? []) as string[]);
      kept = { redirects, readAt: performance.now() };
    }
    return isOriginOf(kept.redirects, origin);
  };

  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !request.url.startsWith('/fhir/') || !(await isKnown(origin))) return;
    reply.header('access-control-allow-origin', origin).header('vary', 'Origin');
    reply.header('cross-origin-resource-policy', 'cross-origin');
  });

  app.options('/fhir/*', { config: { access } }, async (_request, reply) => {
    if (reply.getHeader('access-control-allow-origin') === undefined) return reply.status(403).send();
    return reply
      .header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
      .header(
        'access-control-allow-headers',
        'authorization, content-type, accept, if-match, if-none-exist, prefer',
      )
      .header('access-control-max-age', '600')
      .status(204)
      .send();
  });
}
