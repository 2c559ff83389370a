import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { state } from '../access/index.ts';
import { buildWebIfStale } from '../commands/start/web-build.ts';
import { personOfNumber } from '../people/index.ts';
import { now, serveSignedIn } from './served.fixture.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { words } from '../../test/journeys/visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await buildWebIfStale(() => undefined);
const { base, services, log, as, organisation } = await serveSignedIn();
const chromium = await openBrowser();
const behind = (await personOfNumber(services.db, '9990000018', '1950-03-01'))!;
const ada = behind.person;
const days = 'from=2026-03-01&to=2026-03-31';

/** A page as somebody signed in sees it: their cookies, taken from the browser that signed in. */
async function pageAs(
  persona: string,
  width = 1280,
  bypassCSP = false,
): Promise<{ page: Page; context: BrowserContext }> {
  const visitor = await as(persona);
  const context = await chromium.newContext({ viewport: { width, height: 900 }, bypassCSP });
  const cookies = visitor
    .cookiesAt('/')
    .split('; ')
    .filter((each) => each !== '');
  await context.addCookies(
    cookies.map((each) => {
      const [name = '', value = ''] = each.split(/=(.*)/s);
      return { name, value, url: base };
    }),
  );
  return { page: await context.newPage(), context };
}

before(async () => {
  const registered = {
    kind: 'registered',
    organisation: await organisation('ZZ0001'),
    team: null,
    user: null,
    evidence: 'Patient/ada',
    from: now.getTime() - 86_400_000,
    to: null,
  } as const;
  await services.db.transaction((tx) =>
    state(tx, 'relationship', behind.patientIds[0]!, registered, { by: 'test', at: services.clock() }),
  );
  const other = await as('other-gp');
  const broken = await other.send('POST', '/api/glass', { person: ada, reason: 'Collapsed in the street' });
  assert.equal(broken.status, 201);
  assert.equal((await other.getOnly('/fhir/Condition/asthma')).status, 200);
  assert.equal((await (await as('gp')).getOnly('/fhir/Condition/asthma')).status, 200);
  await log.placeAll();
});

describe('A privacy officer', () => {
  test('finds in the log who looked at a person, and why', async () => {
    const { page, context } = await pageAs('privacy');
    await page.goto(`${base}/privacy`);
    await page.getByLabel('Person (id)').fill(ada);
    await page.getByRole('button', { name: 'Search the log' }).click();
    const said = await words(page, 'main');
    assert.match(said, /accesses in the log fit/);
    assert.match(said, /Olga Other/);
    assert.match(said, /Collapsed in the street/);
    await context.close();
  });

  test('reads who could see her today, as a picture and in words', async () => {
    const { page, context } = await pageAs('privacy');
    await page.goto(`${base}/privacy/who-could-see?person=${ada}`);
    const said = await words(page, 'main');
    assert.match(said, /could open something/);
    assert.match(said, /Harbour and Quay Surgery/);
    assert.match(said, /registered with you/);
    await context.close();
  });

  test('reviews a broken glass, after which none waits', async () => {
    const { page, context } = await pageAs('privacy');
    await page.goto(`${base}/privacy/glass`);
    assert.match(await words(page, 'main'), /1 use waits/);
    await page.getByLabel('What did you find?').fill('The ambulance sheet says the same');
    await page.getByRole('button', { name: 'It was right' }).click();
    assert.match(await words(page, 'main'), /None waits for a review/);
    await page.getByRole('link', { name: 'Show all' }).click();
    assert.match(await words(page, 'main'), /Found right on/);
    await context.close();
  });

  test('is the only one to whom these pages are open; the policy is open to all who signed in', async () => {
    const { page, context } = await pageAs('gp');
    const answer = await page.goto(`${base}/privacy`);
    assert.equal(answer?.status(), 403);
    await page.goto(`${base}/policy/agreements`);
    assert.match(await words(page, 'main'), /1 agreement in force today/);
    await context.close();
  });
});

const pages = [
  '/privacy',
  '/privacy/glass?all',
  `/privacy/odd?${days}`,
  `/privacy/who-could-see?person=${ada}`,
  '/policy',
  '/policy/sensitive',
  '/policy/relationships',
  '/policy/agreements',
  '/policy/versions',
  '/policy/unconfirmed',
  '/policy/register',
];

describe('The pages of checking and of the policy', () => {
  for (const [width, some] of [
    [390, pages],
    [1280, pages.slice(0, 4)],
  ] as const) {
    test(`have no fault that axe finds, and do not scroll sideways, at ${width} pixels`, async () => {
      const { page, context } = await pageAs('privacy', width, true);
      for (const address of some) {
        const answer = await page.goto(`${base}${address}`);
        assert.equal(answer?.status(), 200, address);
        await page.evaluate(axe);
        const found = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        const faults = found.violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ''}`);
        assert.deepEqual(faults, [], address);
        assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width, address);
        if (process.env['PICTURES'] !== undefined) {
          const name = address.replaceAll(/[^a-z]+/g, '-').slice(1, 30);
          await page.screenshot({ path: `${process.env['PICTURES']}/${name}-${width}.png`, fullPage: true });
        }
      }
      await context.close();
    });
  }
});
