/** The whole application over a real database, with made-up people in it, for the journeys. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { openApp } from '../../server/app.ts';
import { buildWebIfStale } from '../../server/commands/start/web-build.ts';
import { createServices, type Services } from '../../server/services.ts';
import { database } from '../support/database.ts';
import { madeUpPeople } from './made-up-people.ts';

/** Serves the made-up people and gives the address, without a slash at the end. It stops after the file. */
export async function serve(): Promise<string> {
  return (await serveWithServices()).base;
}

/** The same, with the services behind it. */
export async function serveWithServices(): Promise<{ base: string; services: Services }> {
  await buildWebIfStale(() => undefined);
  const services = await createServices(await database());
  const changes = madeUpPeople.map((resource) => ({
    kind: 'put' as const,
    type: resource.resourceType,
    id: resource.id as string,
    resource,
  }));
  await services.store.write(changes, { source: 'urn:example:journeys', channel: 'import', agent: 'test' });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-journeys-'));
  const app = await openApp(services, folder);
  await app.listen({ host: '127.0.0.1', port: 0 });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { base: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, services };
}
