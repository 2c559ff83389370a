import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { problemBody } from '../platform/http/index.ts';
import { happeningsOf } from './happenings.ts';
import type { UnderWay } from './types.ts';

type NotingParts = {
  log: Pick<AuditLog, 'note'>;
  clock: Clock;
  underWay: UnderWay;
  onUnexpected: (reference: string, error: unknown) => void;
};

/**
 * Puts what each request did on record before its answer leaves. No audit, no data: when that fails, the answer is a 503 that holds
 * nothing of what was asked.
 */
export function noteBeforeAnswers(app: FastifyInstance, parts: NotingParts): void {
  const { log, clock, underWay, onUnexpected } = parts;
  app.addHook('onSend', async (request, reply, payload) => {
    tellHowToSignIn(request, reply);
    const known = underWay.get(request);
    const access = request.routeOptions.config?.access;
    if (known === undefined || access === undefined) return payload;
    underWay.delete(request);
    try {
      await log.note(...happeningsOf(request, access, known, { at: clock(), status: reply.statusCode }));
      return payload;
    } catch (error) {
      onUnexpected(request.id, error);
      return withhold(request, reply, payload);
    }
  });
}

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
