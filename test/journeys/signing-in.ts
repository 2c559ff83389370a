/** The whole application with sign-in switched on, and made-up people to be. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { Page } from 'playwright-core';
import type { Persona } from '../../server/access/sign-in/index.ts';
import { openApp } from '../../server/app.ts';
import { buildWebIfStale } from '../../server/commands/start/web-build.ts';
import { createServices } from '../../server/services.ts';
import { ritaResident, staff } from '../support/personas.ts';
import { browser, type Browser } from '../support/cookie-browser.ts';
import { loadMadeUpSystem } from '../support/made-up-system.ts';
import { walledDatabase } from '../support/walled-database.ts';

export const personas: Persona[] = [
  staff('nurse', 'Nora Nurse', 'Nurse at Marram Hospitals', [
    { id: 'n1', organisation: 'ZZR01', role: 'R8001', roleName: 'Nurse' },
  ]),
  staff('two-jobs', 'Tess Two', 'GP at Warren Practice, and analyst at Marram Hospitals', [
    { id: 't1', organisation: 'ZZ0003', role: 'R0260' },
    { id: 't2', organisation: 'ZZR01', role: 'R1840' },
  ]),
  ritaResident,
];

/** Who tells us when to stop: a test context, or the whole file. */
type Scope = { after(work: () => Promise<void>): void };

/** Serves the pages with sign-in switched on, and gives the address. */
export async function serveSignIn(clock = (): Date => new Date(), scope: Scope = { after }): Promise<string> {
  await buildWebIfStale(() => undefined);
  // Servers stop before their database goes.
  const undo: (() => Promise<void>)[] = [];
  scope.after(async () => {
    for (const work of undo.toReversed()) await work();
  });
  const { db } = await walledDatabase({ after: (work) => void undo.push(work) });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-frame-'));
  await loadMadeUpSystem(db, clock);
  let address = '';
  const app = await openApp(await createServices(db, clock), folder, {
    signIn: { providers: [], address: () => address, personas: async () => personas },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  undo.push(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  address = `http://localhost:${(app.server.address() as AddressInfo).port}`;
  return address;
}

/** Signs in by the pages, as a person does. */
export async function signInAs(page: Page, base: string, name: string, to = '/'): Promise<void> {
  const isResident = personas.find((persona) => persona.name === name)?.kind === 'person';
  await page.goto(`${base}/sign-in?${new URLSearchParams({ to })}`);
  await page.getByRole('link', { name: isResident ? /your own record/ : /choose who to be/ }).click();
  await page.getByRole('button', { name: new RegExp(name) }).click();
}

/** Signs in without pages, and opens one: for journeys that begin behind the door. */
export async function arriveAs(page: Page, base: string, name: string, to = '/'): Promise<void> {
  await page.context().addCookies(await signedInCookies(base, personas, name));
  await page.goto(`${base}${to}`);
}

/** The cookies of a browser in which somebody of these personas has signed in. */
export async function signedInCookies(
  base: string,
  among: readonly Persona[],
  name: string,
): Promise<{ name: string; value: string; url: string }[]> {
  const persona = among.find((each) => each.name === name);
  if (persona === undefined) throw new Error(`Nobody here is called ${name}.`);
  const provider = persona.kind === 'person' ? 'demonstration-resident' : 'demonstration';
  const visitor = browser(base);
  const choice = await visitor.get(`/sign-in/start?provider=${provider}&to=/health`);
  await visitor.post(new URL(choice.url).pathname, { persona: persona.id });
  return cookiesOf(visitor, base);
}

/** The cookies that a browser without pages sends with every page. */
export const cookiesOf = (visitor: Browser, base: string): { name: string; value: string; url: string }[] =>
  visitor
    .cookiesAt('/')
    .split('; ')
    .filter((each) => each !== '')
    .map((each) => {
      const [name = '', value = ''] = each.split(/=(.*)/s);
      return { name, value, url: base };
    });
