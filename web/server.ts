/** The door of the web pages: mounts them on the web server for every address that is not `/fhir` or `/api`. */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { createRequestHandler, RouterContext, RouterContextProvider, ServerBuild } from 'react-router';
import type { CallApi } from './api/client.ts';
import type { Sealer } from './api/search-ticket.server.ts';
import { contentPolicy } from './frame/policy.ts';
import { readStatics, sendStatic } from './statics.ts';

/** What the built pages give the server. */
type Pages = {
  createRequestHandler: typeof createRequestHandler;
  RouterContextProvider: typeof RouterContextProvider;
  apiContext: RouterContext<CallApi>;
  sealerContext: RouterContext<Sealer>;
};

const builtHere = path.join(import.meta.dirname, '../build');

/** Pages hold a person's data: they ask nobody outside, and are kept nowhere. */
const pageHeaders = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** A mended entry may be long: a letter or a picture can be part of it. */
const largestForm = 16 * 1024 * 1024;

/** True when the pages have been built. */
export function hasWebBuild(buildFolder = builtHere): boolean {
  return existsSync(path.join(buildFolder, 'server/index.js'));
}

/** Mounts the built pages and their static files on the web server. Throws when they have not been built. */
export async function registerWeb(
  app: FastifyInstance,
  sealer: Sealer,
  buildFolder = builtHere,
): Promise<void> {
  const build = createRequire(import.meta.url)(path.join(buildFolder, 'server/index.js')) as ServerBuild;
  const pages = build.entry.module as unknown as Pages;
  const render = pages.createRequestHandler(build, 'production');
  const statics = await readStatics(path.join(buildFolder, 'client'));

  await app.register(async (web) => {
    web.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'buffer', bodyLimit: largestForm },
      (_request, body, done) => done(null, body),
    );

    web.route({
      method: ['GET', 'POST'],
      url: '/*',
      config: { access: { action: 'read', resource: 'page' } },
      handler: async (request, reply) => {
        const file = statics.get(pathOf(request));
        if (file !== undefined) return sendStatic(request, reply, file);
        if (/^\/(?:api|fhir)(?:\/|$)/.test(pathOf(request))) return reply.callNotFound();
        const context = new pages.RouterContextProvider();
        context.set(pages.apiContext, callerFor(app, request));
        context.set(pages.sealerContext, sealer);
        return sendPage(reply, await render(webRequest(request), context));
      },
    });
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] as string;
}

/** The page's requests to the API carry who asked for the page, so that access is decided on the same person. */
function callerFor(app: FastifyInstance, request: FastifyRequest): CallApi {
  const { cookie, authorization } = request.headers;
  return async ({ method, path: url, body }) => {
    const answer = await app.inject({
      method,
      url,
      remoteAddress: request.ip,
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return {
      status: answer.statusCode,
      contentType: String(answer.headers['content-type'] ?? ''),
      body: answer.body,
      cookies: [answer.headers['set-cookie'] ?? []].flat(),
    };
  };
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) headers.append(name, each);
  }
  const url = new URL(request.url, `${request.protocol}://${request.host}`);
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
  return new Request(url, { method: request.method, headers, body });
}

async function sendPage(reply: FastifyReply, page: Response): Promise<FastifyReply> {
  reply.header('content-security-policy', contentPolicy({ script: false }));
  for (const [name, value] of page.headers) {
    if (name !== 'set-cookie') reply.header(name, value);
  }
  for (const cookie of page.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const body = Buffer.from(await page.arrayBuffer());
  return reply.headers(pageHeaders).status(page.status).send(body);
}
