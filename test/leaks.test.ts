import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openApp } from '../server/app.ts';
import { routesOf } from '../server/platform/http/index.ts';
import { createServices } from '../server/services.ts';
import { compareWorlds } from './leaks/compare.ts';
import { notAsked } from './leaks/not-asked.ts';
import { walledDatabase } from './support/walled-database.ts';

const asked = new Set<string>();

test('2,000 pairs of a viewer and a record hidden from them: every answer is the same as if the record never was', async (t) => {
  const start = process.cpuUsage();
  const tally = await compareWorlds(Number(process.env['LEAK_PAIRS'] ?? 2_000), 1, t);
  const { differences, routes, ...counts } = tally;
  for (const route of routes) asked.add(route);
  const { user, system } = process.cpuUsage(start);
  t.diagnostic(JSON.stringify({ ...counts, processorSeconds: Math.round((user + system) / 1e6) }));
  assert.deepEqual(differences.slice(0, 3), []);
  assert.equal(differences.length, 0);
  for (const [viewer, hidden] of Object.entries(tally.hidden)) assert.ok(hidden > 10, viewer);
});

test('each route of the program was asked, or it is written down why it tells nothing', async () => {
  const urls = new Set((await everyRoute()).map(({ method, url }) => `${method} ${url}`));
  const unasked = [...urls].filter((route) => !asked.has(route) && !asked.has(asReading(route)));
  assert.deepEqual(unasked.filter((route) => !isExplained(route)).sort(), []);
  for (const { routes, because } of notAsked)
    assert.ok(
      [...urls].some((route) => isOf(routes, route)),
      `It is about no route any more: ${because}`,
    );
});

/** HEAD is GET without its body, by the same handler. */
const asReading = (route: string): string => route.replace(/^HEAD /, 'GET ');
const urlOf = (route: string): string => route.slice(route.indexOf(' ') + 1);
const isOf = (routes: RegExp, route: string): boolean => routes.test(urlOf(route)) || routes.test(route);
const isExplained = (route: string): boolean => notAsked.some(({ routes }) => isOf(routes, route));

/** The routes of the whole program, as it is where people sign in. */
async function everyRoute(): Promise<ReturnType<typeof routesOf>> {
  const { db } = await walledDatabase({ after });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-routes-'));
  const app = await openApp(await createServices(db, () => new Date()), folder, {
    signIn: { providers: [], address: () => 'http://localhost', personas: async () => [] },
  });
  const routes = routesOf(app);
  await app.close();
  await rm(folder, { recursive: true });
  return routes;
}
