import type { Viewing } from './types.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** How this request asks about pieces of the record. The gate puts it there; a request that passed none has none. */
    viewing: Viewing;
  }
}
