import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { standsAtWidths, walks } from './look.ts';
import { serve } from './served.ts';
import { search } from './visit.ts';

const pages = [
  '/',
  '/about',
  '/people',
  '/no-such-page',
  '/imports',
  '/imports/quarantine',
  '/feeds',
  '/feeds/messages',
];
const recordPages = [
  '',
  '/timeline',
  '/timeline?year=2024',
  '/results',
  '/results/loinc-85354-9',
  '/documents',
  '/documents/DocumentReference/letter/0',
  '/problems',
  '/medicines',
  '/allergies',
  '/vaccinations',
  '/contacts',
  '/procedures',
  '/taken-back',
  '/contents',
  '/entries/Condition/asthma-hospital',
];

walks('', 'about', 'people', 'imports', 'imports/quarantine', 'feeds', 'feeds/messages');
walks(
  'people/:personId',
  'people/:personId/timeline',
  'people/:personId/results',
  'people/:personId/results/:code',
  'people/:personId/documents',
  'people/:personId/documents/:type/:resource/:index',
  'people/:personId/problems',
  'people/:personId/medicines',
  'people/:personId/allergies',
  'people/:personId/contents',
  'people/:personId/entries/:type/:resource',
  'people/:personId/:list',
);

const base = await serve();
const browser = await openBrowser();
let record: string;
let found: string;
let mistyped: string;

before(async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/people`);
  await search(page, { born: 'never' });
  mistyped = page.url();
  await search(page, { nhsNumber: '9990000018' });
  found = page.url();
  await page.getByRole('link', { name: 'Ada Grace Okafor' }).click();
  record = page.url();
  await page.close();
});

/** Every address there is: pages of all sorts, search results, and each page of a record. */
function all(): string[] {
  return [
    ...pages.map((each) => `${base}${each}`),
    found,
    mistyped,
    ...recordPages.map((each) => `${record}${each}`),
  ];
}

describe('Every page', () => {
  test('has no fault that axe finds, and does not scroll sideways, on the narrowest and a wide screen', async () => {
    // The pages forbid script; axe is one, so the policy is lifted for it alone.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 900 } });
    const page = await context.newPage();
    for (const address of all()) {
      await page.goto(address);
      assert.equal(await page.locator('h1').count(), 1, address);
      assert.match(await page.title(), / – OpenICS$/, address);
      assert.doesNotMatch(await page.title(), /Okafor/, address);
      await page.keyboard.press('Tab');
      assert.equal(await page.locator(':focus').getAttribute('href'), '#maincontent', address);
      await standsAtWidths(page, address);
    }
    await context.close();
  });

  test('runs nothing, is kept nowhere, can be framed by nobody, and weighs little', async () => {
    const weights = new Map<string, number>();
    for (const address of all()) {
      const answer = await fetch(address);
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/, address);
      assert.doesNotMatch(policy, /script-src|unsafe/, address);
      assert.match(policy, /frame-ancestors 'none'/, address);
      assert.equal(answer.headers.get('cache-control'), 'no-store', address);
      const page = await answer.text();
      assert.doesNotMatch(page, /<script|style="|\son[a-z]+="/, address);
      assert.ok(page.length < 60_000, `${address} weighs ${page.length}`);
      const sheets = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href!);
      let weight = 0;
      for (const href of sheets) {
        const own = weights.get(href) ?? (await weightOf(href));
        weights.set(href, own);
        weight += own;
      }
      assert.ok(sheets.length > 0 && weight < 40_000, `${address} has styles of ${weight}`);
    }
  });
});

/** How much a style sheet weighs on its way, which browsers keep for ever. */
async function weightOf(href: string): Promise<number> {
  const sheet = await fetch(`${base}${href}`, { headers: { 'accept-encoding': 'gzip' } });
  assert.match(sheet.headers.get('cache-control') ?? '', /immutable/);
  return Number(sheet.headers.get('content-length'));
}
