import type { FastifyInstance } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Viewing } from '../../server/access/index.ts';
import { createHttp, wallRequests } from '../../server/platform/http/index.ts';
import { registerFhir } from '../../server/record/rest/index.ts';
import { registerRecordView, type ViewServices } from '../../server/record/view/index.ts';
import { createServices, type Services } from '../../server/services.ts';
import { viewServices } from '../../server/view-services.ts';
import { walledDatabase } from '../support/walled-database.ts';
import type { Said } from './resources.ts';

export const now = new Date('2026-03-02T09:00:00Z');

/** A record with its API. Its clock stands still, except while it is written. */
export type World = {
  services: Services;
  app: FastifyInstance;
  /** Ids that this world gave to what was created in it, with names that are the same in every world. */
  made: Map<string, string>;
  close(): Promise<void>;
};

type Scope = { after(work: () => Promise<void>): void };

/** Opens an empty world; `viewingOf` says who asks now. `partners` knows the organisations, where this world has none of its own. */
export async function openWorld(
  viewingOf: () => Viewing,
  scope: Scope,
  {
    partners,
    brokenReferences = 'accept',
  }: { partners?: ViewServices['behindSources']; brokenReferences?: 'accept' | 'refuse' } = {},
): Promise<World & { write(said: readonly Said[]): Promise<void> }> {
  let drop: (() => Promise<void>) | undefined;
  const { db } = await walledDatabase({
    after: (work) => {
      drop = work;
    },
  });
  let at = now;
  const services = await createServices(db, () => at);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-leaks-'));
  const app = createHttp({
    gate: async (request) => {
      request.viewing = viewingOf();
    },
  });
  wallRequests(app);
  await registerFhir(app, {
    ...services,
    settings: {
      software: { name: 'OpenICS', version: 'test' },
      brokenReferences,
      exportFolder: folder,
      baseUrl: 'http://record.example/fhir',
    },
  });
  registerRecordView(app, { ...viewServices(services), ...(partners && { behindSources: partners }) });
  await app.ready();
  const close = async (): Promise<void> => {
    await app.close();
    await services.validator.stop();
    await rm(folder, { recursive: true, force: true });
    await drop?.();
  };
  scope.after(close);

  const put = (resource: Said['resource'], source: string) =>
    services.store.write([{ kind: 'put', type: resource.resourceType, id: resource.id!, resource }], {
      source,
      channel: 'import',
      agent: 'test',
    });
  return {
    services,
    app,
    made: new Map(),
    close,
    /** Each at a moment of its own, which is the same in every world. */
    async write(said) {
      for (const { resource, source, twice } of said) {
        at = momentOf(resource.id!);
        await put(structuredClone(resource), source);
        if (!twice) continue;
        at = new Date(at.getTime() + 1);
        await put({ ...structuredClone(resource), language: 'en' }, source);
      }
      at = now;
    },
  };
}

/** Some moment of the year before, by the id. */
const momentOf = (id: string): Date => {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return new Date(now.getTime() - 1_000 * 86_400 - (sum % 30_000_000) * 1_000);
};
