import type { FastifyInstance } from 'fastify';
import { createLimiter, refuseTooMany, type Limit } from '../../../platform/http/index.ts';
import { programLimit } from '../limits.ts';

/** Lets each program ask so often and no oftener, whatever address it asks from and however many tokens it has. */
export function limitPrograms(app: FastifyInstance, limit: Limit = programLimit): void {
  const limiter = createLimiter(limit);
  app.addHook('preParsing', async (request) => {
    const asker = request.viewing?.asker;
    if (asker?.kind !== 'known' || asker.subject.kind !== 'program') return;
    refuseTooMany(limiter.waitSeconds(asker.subject.id));
  });
}
