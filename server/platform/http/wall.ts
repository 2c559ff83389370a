import type { FastifyInstance, FastifyRequest } from 'fastify';
import { behindWall, closed, type Opening } from '../db/index.ts';

/**
 * Puts every request behind the wall with nothing open. It is entered again after the body was read, because the events of a
 * body come from the connection and not from the request.
 */
export function wallRequests(app: FastifyInstance): void {
  const openings = new WeakMap<FastifyRequest, Opening>();
  app.addHook('onRequest', (request, _reply, done) => {
    const opening = closed();
    openings.set(request, opening);
    behindWall(opening, done);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    behindWall(openings.get(request) ?? closed(), done);
  });
}
