import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { newId } from '../ids.ts';
import { safeHeaders } from './headers.ts';
import { createLimiter, type Limit, type Limiter } from './limits.ts';
import { hostOf, originRefusal } from './origin.ts';
import { refuseInTheClear } from './in-the-clear.ts';
import { problemBody } from './problems.ts';
import { compileWhenFirstUsed } from './when-first-used.ts';

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
    /** How often one address may ask for this. Routes that say the same word are counted together. */
    limit?: Limit & { word: string };
    /** True where another site's page may send to: nothing is done there by a cookie alone. */
    anySite?: boolean;
  }
}

export type HttpOptions = {
  gate: Gate;
  /** The address that others than this machine use, without a slash at its end. Without it only this machine is served. */
  address?: () => string;
  /** Addresses of servers of ours that stand in front, end TLS and say for whom they ask. No other is believed about that. */
  proxies?: string[];
  /** Largest request body in bytes. */
  bodyLimit?: number;
  /** Told, before the answer, of who was made to wait because they asked too often. */
  onLimited?: (request: FastifyRequest, word: string) => Promise<void>;
  /** Told of unexpected errors: a reference and the error. */
  onUnexpected?: (reference: string, error: unknown) => void;
};

export type Route = { method: string; url: string };
const routesOfApps = new WeakMap<FastifyInstance, Route[]>();

/** The routes of a web server as they were added, with the names of their parameters. */
export const routesOf = (app: FastifyInstance): readonly Route[] => routesOfApps.get(app) ?? [];

/** Makes the web server without routes. Every route added must declare its access; every request passes the gate. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: options.bodyLimit ?? 64 * 1024 * 1024,
    logger: false,
    genReqId: () => newId(),
    requestTimeout: 120_000,
    trustProxy: options.proxies ?? false,
    forceCloseConnections: 'idle',
    // With strict numbers one without end, such as 1e999, passes every limit. Source: Ajv, strict mode, strictNumbers.
    ajv: { customOptions: { strictNumbers: false }, onCreate: compileWhenFirstUsed },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
  });

  const routes: Route[] = [];
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Problem(
        'platform/route-without-access',
        500,
        `The route ${route.method} ${route.url} does not say who may call it.`,
      );
    }
    for (const method of [route.method].flat()) routes.push({ method, url: route.url });
  });
  routesOfApps.set(app, routes);

  const limiters = new Map<string, Limiter>();
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin, cookie, authorization, 'sec-fetch-site': fetchSite } = request.headers;
    const { access, limit, anySite } = request.routeOptions.config ?? {};
    const address = options.address?.();
    if (address !== undefined)
      for (const [name, value] of Object.entries(safeHeaders(address))) reply.raw.setHeader(name, value);
    const refusal = originRefusal({
      method: request.method,
      host,
      origin,
      fetchSite: String(fetchSite ?? ''),
      served: address === undefined ? undefined : hostOf(address),
      byToken:
        address !== undefined && (anySite === true || (authorization !== undefined && cookie === undefined)),
    });
    if (refusal !== undefined) throw refusal;
    refuseInTheClear(address, request.headers['x-forwarded-proto']);
    if (limit !== undefined) {
      const limiter = limiters.get(limit.word) ?? createLimiter(limit);
      limiters.set(limit.word, limiter);
      const waitSeconds = limiter.waitSeconds(request.ip);
      if (waitSeconds > 0) await options.onLimited?.(request, limit.word);
      refuseTooMany(waitSeconds);
    }
    if (access !== undefined) await options.gate(request, access);
  });

  app.setErrorHandler((error, request, reply) => {
    const { status, body } = problemBody(error, request.id);
    if (status >= 500 && !(error instanceof Problem)) options.onUnexpected?.(request.id, error);
    if (error instanceof TooMany) reply.header('retry-after', String(error.waitSeconds));
    if (status === 503) reply.header('retry-after', '5');
    return reply.status(status).type('application/problem+json').send(JSON.stringify(body));
  });

  return app;
}

/** Somebody asks too often. */
class TooMany extends Problem {
  readonly waitSeconds: number;

  constructor(waitSeconds: number) {
    super('http/too-many', 429, 'Too many requests in a short time.', {
      wayOut: `Wait ${waitSeconds} seconds, then try again.`,
    });
    this.waitSeconds = waitSeconds;
  }
}

/** Refuses with 429 where a limiter says to wait. */
export function refuseTooMany(waitSeconds: number): void {
  if (waitSeconds > 0) throw new TooMany(waitSeconds);
}
