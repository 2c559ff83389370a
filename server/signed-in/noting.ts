import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { pageOf, problemBody } from '../platform/http/index.ts';
import { pageIsMade, pageWaitsFor } from '../platform/one-page.ts';
import { happeningsOf } from './happenings.ts';
import type { UnderWay } from './types.ts';

type NotingParts = {
  log: Pick<AuditLog, 'note'>;
  clock: Clock;
  underWay: UnderWay;
  onUnexpected: (reference: string, error: unknown) => void;
};

/**
 * Puts what each request did on record before its answer leaves. What a page asks of our API within the house is put on record while the
 * page is made, and the page waits for all of it. No audit, no data: when that fails, the answer is a 503 that holds nothing of what was
 * asked.
 */
export function noteBeforeAnswers(app: FastifyInstance, parts: NotingParts): void {
  const { log, clock, underWay, onUnexpected } = parts;

  const note = async (request: FastifyRequest, status: number): Promise<void> => {
    const known = underWay.get(request);
    const access = request.routeOptions.config?.access;
    if (known === undefined || access === undefined) return;
    underWay.delete(request);
    const noted = log.note(...happeningsOf(request, access, known, { at: clock(), status }));
    if (!isWithinHouse(request) || !pageWaitsFor(noted)) await noted;
  };

  app.addHook('onSend', async (request, reply, payload) => {
    tellHowToSignIn(request, reply);
    const page = pageOf(request);
    try {
      await note(request, reply.statusCode);
      if (page !== undefined) await pageIsMade(page);
      return payload;
    } catch (error) {
      onUnexpected(request.id, error);
      return withhold(request, reply, payload);
    }
  });
}

/** True for what the server asks itself: no connection brought it, and none takes its answer away. */
const isWithinHouse = ({ raw }: FastifyRequest): boolean => !(raw.socket instanceof Socket);

function tellHowToSignIn(request: FastifyRequest, reply: FastifyReply): void {
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="OpenICS"');
  if (/^\/(?:api|fhir)\//.test(request.url) && !reply.hasHeader('cache-control'))
    reply.header('cache-control', 'no-store');
}

function withhold(request: FastifyRequest, reply: FastifyReply, payload: unknown): string {
  if (typeof payload === 'object' && payload !== null && 'destroy' in payload) {
    (payload as { destroy(): void }).destroy();
  }
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  const { body } = problemBody(notNoted(), request.id);
  reply.status(503).headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '5',
  });
  return JSON.stringify(body);
}

const notNoted = (): Problem =>
  new Problem('audit/not-noted', 503, 'This access could not be put on record, so nothing is shown.', {
    wayOut: 'Try again in a minute. What you sent may have been stored: look before you send it again.',
  });
