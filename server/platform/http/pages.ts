import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inOnePage, newPage, type Page } from '../one-page.ts';

const pages = new WeakMap<FastifyRequest, Page>();

/** Lets the requests that one page makes of our API share what they read. Pages that are only looked at: what changes something does not. */
export function shareWithinPages(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isLookedAt = request.method === 'GET' && request.routeOptions.config?.access?.resource === 'page';
    if (!isLookedAt) {
      done();
      return;
    }
    const page = newPage();
    pages.set(request, page);
    inOnePage(done, page);
  });
}

/** The page that a request is for, where its parts share what they read. */
export const pageOf = (request: FastifyRequest): Page | undefined => pages.get(request);
