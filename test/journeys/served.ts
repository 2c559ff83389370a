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
import { puts } from '../support/puts.ts';
import { madeUpPeople } from './made-up-people.ts';

/** Who tells us when to stop: a test context, or the whole file. */
type Scope = { after(work: () => Promise<void>): void };

/** Serves the made-up people and gives the address, without a slash at the end. It stops after the scope. */
export async function serve(scope: Scope = { after }): Promise<string> {
  return (await serveWithServices(scope)).base;
}

/** The same, with the services behind it. */
export async function serveWithServices(
  scope: Scope = { after },
): Promise<{ base: string; services: Services }> {
  await buildWebIfStale(() => undefined);
  const services = await createServices(await database(scope));
  const delivery = { source: 'urn:example:journeys', channel: 'import', agent: 'test' } as const;
  await services.store.write(puts(madeUpPeople), delivery);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-journeys-'));
  const app = await openApp(services, folder);
  await app.listen({ host: '127.0.0.1', port: 0 });
  scope.after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { base: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, services };
}
