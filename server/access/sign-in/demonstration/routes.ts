import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { AdapterFactory, Provider } from 'oidc-provider';
import { Problem } from '../../../platform/errors.ts';
import { mount } from '../mount.ts';
import { choicePage, style } from './page.ts';
import { demonstrationPath, demonstrationProvider } from './provider.ts';
import type { Persona } from './types.ts';

const access = { action: 'operate', resource: 'sign-in' } as const;
const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the demonstration's own provider and its one page. `personas` says who can be chosen today. */
export async function registerDemonstrationProvider(
  app: FastifyInstance,
  address: () => string,
  adapter: AdapterFactory,
  personas: () => Promise<Persona[]>,
): Promise<void> {
  let made: Provider | undefined;
  const provider = (): Provider =>
    (made ??= demonstrationProvider(address(), adapter, async (id) =>
      (await personas()).find((persona) => persona.id === id),
    ));
  await mount(app, demonstrationPath, () => provider().callback(), { access });

  await app.register(async (inner) => {
    inner.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_r, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );

    inner.get<{ Params: { uid: string } }>(
      `${demonstrationPath}-choice/:uid`,
      { config: { access } },
      async (request, reply) => {
        const { params } = await underWay(provider(), request.raw, reply.raw);
        const kind = params['login_hint'] === 'resident' ? 'person' : 'staff';
        const shown = (await personas()).filter((persona) => persona.kind === kind);
        return reply
          .header('cache-control', 'no-store')
          .header('content-security-policy', pagePolicy)
          .type('text/html; charset=utf-8')
          .send(choicePage(shown, `${demonstrationPath}-choice/${request.params.uid}`));
      },
    );

    inner.post<{ Params: { uid: string }; Body: { persona?: string } }>(
      `${demonstrationPath}-choice/:uid`,
      { config: { access } },
      async (request, reply) => {
        await underWay(provider(), request.raw, reply.raw);
        const chosen = (await personas()).find(({ id }) => id === request.body.persona);
        if (chosen === undefined)
          throw new Problem('demonstration/unknown-persona', 404, 'There is nobody of this name here.', {
            place: 'persona',
            wayOut: 'Choose one of the people on the page.',
          });
        const next = await provider().interactionResult(
          request.raw,
          reply.raw,
          { login: { accountId: chosen.id, remember: false } },
          { mergeWithLastSubmission: false },
        );
        return reply.redirect(next, 303);
      },
    );
  });
}

async function underWay(
  provider: Provider,
  ...[request, response]: Parameters<Provider['interactionDetails']>
) {
  try {
    return await provider.interactionDetails(request, response);
  } catch (cause) {
    throw new Problem('demonstration/too-late', 403, 'This sign-in took too long, or began elsewhere.', {
      wayOut: 'Go back to OpenICS and sign in again.',
      cause,
    });
  }
}
