import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { newId } from '../ids.ts';
import { originRefusal } from './origin.ts';
import { problemBody } from './problems.ts';

/** What a route says of itself: which action it is, on what. A route without it cannot be added. */
export type AccessDeclaration = {
  action: 'read' | 'search' | 'write' | 'delete' | 'export' | 'operate';
  resource: string;
};

/** The one place every request passes before its handler: it decides, and it notes the decision. It throws a Problem to refuse. */
export type Gate = (request: FastifyRequest, access: AccessDeclaration) => Promise<void>;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: AccessDeclaration;
  }
}

export type HttpOptions = {
  gate: Gate;
  /** Largest request body in bytes. */
  bodyLimit?: number;
  /** Told of unexpected errors: a reference and the error. */
  onUnexpected?: (reference: string, error: unknown) => void;
};

/** Makes the web server without routes. Every route added must declare its access; every request passes the gate. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: options.bodyLimit ?? 64 * 1024 * 1024,
    logger: false,
    genReqId: () => newId(),
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
  });

  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Problem(
        'platform/route-without-access',
        500,
        `The route ${route.method} ${route.url} does not say who may call it.`,
      );
    }
  });

  app.addHook('onRequest', async (request) => {
    const { host, origin, 'sec-fetch-site': fetchSite } = request.headers;
    const refusal = originRefusal({
      method: request.method,
      host,
      origin,
      fetchSite: String(fetchSite ?? ''),
    });
    if (refusal !== undefined) throw refusal;
    const access = request.routeOptions.config?.access;
    if (access !== undefined) await options.gate(request, access);
  });

  app.setErrorHandler((error, request, reply) => {
    const { status, body } = problemBody(error, request.id);
    if (status >= 500 && !(error instanceof Problem)) options.onUnexpected?.(request.id, error);
    if (status === 503) reply.header('retry-after', '5');
    return reply.status(status).type('application/problem+json').send(JSON.stringify(body));
  });

  return app;
}
