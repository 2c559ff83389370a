import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { AccessDeclaration, Limit } from '../../platform/http/index.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Serves everything below `prefix` by a handler of its own, which reads the request's body itself. */
export async function mount(
  app: FastifyInstance,
  prefix: string,
  handler: () => Handler,
  config: { access: AccessDeclaration; limit?: Limit & { word: string }; anySite?: boolean },
): Promise<void> {
  await app.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', (_request, _body, done) => done(null));
    inner.all(`${prefix}/*`, { config }, async (request, reply) => {
      reply.hijack();
      const raw = request.raw as IncomingMessage & { originalUrl?: string };
      raw.originalUrl = raw.url ?? '/';
      raw.url = raw.originalUrl.slice(prefix.length);
      await handler()(raw, reply.raw);
    });
  });
}
