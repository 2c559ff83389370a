import type { FastifyInstance } from 'fastify';
import { inOnePage } from '../one-page.ts';

/** Lets the requests that one page makes of our API share what they read. Pages that are only looked at: what changes something does not. */
export function shareWithinPages(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isLookedAt = request.method === 'GET' && request.routeOptions.config?.access?.resource === 'page';
    if (isLookedAt) inOnePage(done);
    else done();
  });
}
