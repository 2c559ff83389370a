import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { loadGeography } from '../../server/organisations/index.ts';
import { loadMadeUpSystem, writeManySystems } from '../support/made-up-system.ts';
import { openBrowser } from '../support/browser.ts';
import { standsAtWidths, walks } from './look.ts';
import { serveWithServices } from './served.ts';
import { readers, visit, words, type Visit } from './visit.ts';

const { base, services } = await serveWithServices();
const browser = await openBrowser();

async function idOf(name: string): Promise<string> {
  const answer = await fetch(`${base}/api/organisations?date=2026-03-01&name=${encodeURIComponent(name)}`);
  return ((await answer.json()) as { partners: { id: string }[] }).partners[0]!.id;
}

walks('system', 'system/area', 'system/partners', 'system/partners/:partnerId');

/** Every sort of page there is, with something on it and without. */
async function addresses(): Promise<string[]> {
  const place = await idOf('North Marram');
  const neighbourhood = await idOf('Old Town');
  const surgery = await idOf('Harbour and Quay Surgery');
  return [
    '/system?date=2026-03-01',
    `/system?date=2026-04-01&within=${place}`,
    `/system?date=2026-03-01&within=${neighbourhood}`,
    '/system?date=2000-01-01',
    '/system/area',
    '/system/partners',
    '/system/partners?kind=police',
    `/system/partners?body=${place}&date=2026-03-01`,
    `/system/partners/${surgery}?date=2026-03-01`,
    `/system/partners/${surgery}?date=2000-01-01`,
  ];
}

test('before anything was loaded the page says how to begin', async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/system`);
  assert.match(await words(page, 'main'), /No system was described yet.*openics geography load/);
  await page.close();
});

describe('Seeing how the system is organised', () => {
  before(() => loadMadeUpSystem(services.db, services.clock));

  for (const reader of readers) {
    describe(reader.name, () => {
      let open: Visit;
      before(async () => {
        open = await visit(browser, base, reader);
      });
      after(() => open.close());

      test('a reader comes by the menu and sees the places, a map and what stands out', async () => {
        const { page } = open;
        await page.goto(base);
        await page.getByRole('link', { name: 'Our system' }).click();
        assert.equal(await words(page, 'h1'), 'Marram Coast');
        assert.match(
          await words(page, '.sheet h2'),
          /^In .+ Marram, \d+% of people live in the most deprived fifth/,
        );
        assert.equal(await page.locator('.map__area').count(), 16 + 5);
        assert.match(await page.locator('figcaption').innerText(), /^Map\. In /);
        assert.equal(await page.getByRole('row').count(), 3);
      });

      test('another date, typed into the form, shows the system of that date', async () => {
        const { page } = open;
        await page.getByLabel('On which date?').fill('2026-04-01');
        await page.getByRole('button', { name: 'Show' }).click();
        assert.match(await words(page, '.nhsuk-lede-text'), /on 1 April 2026/);
        const south = await words(page, '.sheet > .tree > li:last-child');
        assert.match(south, /South Marram.*3 neighbourhoods.*Old Town/);
        await page.getByRole('link', { name: '1 April 2025', exact: true }).click();
        assert.match(await words(page, '.sheet > .tree > li:last-child'), /South Marram.*2 neighbourhoods/);
      });

      test('a partner is found in the list, and its page says what became of it', async () => {
        const { page } = open;
        await page.getByRole('link', { name: /^All partners and bodies/ }).click();
        await page.getByLabel('Name').fill('surgery');
        await page.getByLabel('On which date?').fill('2025-03-31');
        await page.getByRole('button', { name: 'Show' }).click();
        await page.getByRole('link', { name: 'Quay Surgery' }).click();
        assert.equal(await words(page, 'h1'), 'Quay Surgery');
        assert.match(
          await words(page, 'main'),
          /1 April 2025: Quay Surgery became part of Harbour and Quay Surgery\./,
        );
        await page.getByRole('link', { name: '1 April 2025', exact: true }).click();
        assert.match(
          await words(page, '.nhsuk-inset-text'),
          /not there on 1 April 2025\. In its place: Harbour and Quay/,
        );
        await page.getByRole('link', { name: 'Harbour and Quay Surgery' }).first().click();
        const all = await words(page, 'main');
        for (const part of [
          'Sites',
          '1 Quay Street, ZZ1 1AA',
          'Caldicott guardian',
          'What it belonged to, over time',
        ])
          assert.ok(all.includes(part), part);
      });

      test('a postcode, asked with a date, tells who was responsible; it ends up in no address', async () => {
        const { page } = open;
        const ask = async (postcode: string, date: string): Promise<string> => {
          await page.getByLabel('Postcode').fill(postcode);
          await page.getByLabel('On which date?').fill(date);
          await page.getByRole('button', { name: 'Show' }).click();
          await page.getByText(/Responsible on that date|There is a problem/).waitFor();
          assert.doesNotMatch(page.url(), /zz1/i);
          return words(page, 'main');
        };
        await page.goto(`${base}/system`);
        await page.getByRole('link', { name: 'Who is responsible for a postcode?' }).click();
        assert.match(
          await ask('zz11ab', '2026-03-31'),
          /31 March 2026.*Old Town.*North Marram.*Marram Coast/,
        );
        assert.match(
          await ask('ZZ1 1AB', '2026-04-01'),
          /1 April 2026.*Old Town.*South Marram.*Marram Coast/,
        );
        assert.match(await ask('ZZ9 9ZZ', '2026-04-01'), /We do not know where this postcode is/);
      });

      test('nothing was asked of any other server', () => {
        assert.deepEqual(open.outside, []);
      });
    });
  }

  test('no page has a fault that axe finds, or scrolls sideways', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    for (const address of await addresses()) {
      await page.goto(`${base}${address}`);
      await standsAtWidths(page, address);
    }
    await context.close();
  });

  test('every page is light, runs nothing and has one first heading', async () => {
    for (const address of await addresses()) {
      const answer = await fetch(`${base}${address}`);
      const text = await answer.text();
      assert.ok(text.length < 60_000, `${address} weighs ${text.length}`);
      assert.doesNotMatch(text, /<script|style="|\son[a-z]+="/, address);
      assert.equal(text.match(/<h1/g)?.length, 1, address);
    }
  });
});

describe('Seeing many systems', () => {
  before(async () => {
    const many = await mkdtemp(path.join(os.tmpdir(), 'openics-systems-'));
    await writeManySystems(many, 40);
    await loadGeography(services.db, services.clock, many);
    await rm(many, { recursive: true });
  });

  for (const reader of readers) {
    test(`the tree opens a branch at a time, ${reader.name}`, async () => {
      const { page, close } = await visit(browser, base, reader);
      await page.goto(`${base}/system?date=2026-03-01`);
      assert.match(await words(page, '.nhsuk-lede-text'), /^41 integrated care systems/);
      const tree = page.locator('.sheet > .tree');
      assert.equal(await tree.getByRole('link', { expanded: false }).count(), 41);
      assert.equal(await page.getByText('Upper 7', { exact: true }).count(), 0);
      await tree.getByRole('link', { name: 'Vale 7', exact: true }).click();
      assert.match(page.url(), /#open$/);
      assert.equal(await tree.getByRole('link', { expanded: true }).innerText(), 'Vale 7');
      await tree.getByRole('link', { name: 'Map and partners of Vale 7' }).waitFor();
      await tree.getByRole('link', { name: 'Upper 7', exact: true }).waitFor();
      assert.equal(await tree.getByText('Upper 8', { exact: true }).count(), 0);
      await tree.getByRole('link', { name: 'Vale 7', exact: true }).click();
      assert.equal(await tree.getByRole('link', { expanded: true }).count(), 0);
      await close();
    });
  }
});
