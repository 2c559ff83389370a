import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { adt, anna, stay } from '../support/hl7-samples.ts';
import { openBrowser } from '../support/browser.ts';
import { standsAtWidths, walks } from './look.ts';
import { serveWithServices } from './served.ts';
import { readers, visit, words } from './visit.ts';

const { base, services } = await serveWithServices();
const browser = await openBrowser();
const nameless = 'PID|1||^^^RX1^MR||HALE^Gwen||19700101|F';

let waiting = '';
let feed = '';

before(async () => {
  for (let number = 0; number < 12; number += 1) {
    const more = [stay(`V${number}`, 'AMU')];
    await services.feeds.take(adt({ id: `S${number}`, pid: anna.replace('P1^', `P${number}^`), more }));
  }
  const { fate } = await services.feeds.take(adt({ id: 'AXE', facility: 'RX2', pid: nameless }));
  waiting = `/feeds/messages/${fate.id}`;
  const { feeds } = (await (await fetch(`${base}/api/feeds`)).json()) as {
    feeds: { id: string; name: string }[];
  };
  feed = `/feeds/${feeds.find(({ name }) => name === 'RX1 PAS')!.id}`;
});

for (const reader of readers) {
  describe(`Looking after feeds, ${reader.name}`, () => {
    test('the page says whether every feed arrives, and leads to what waits', async (t) => {
      const { page, close } = await visit(browser, base, reader);
      t.after(close);
      await page.goto(`${base}/feeds`);
      assert.match(await words(page, 'main'), /Yes: all 2 feeds came when expected/);
      await page.getByRole('link', { name: 'RX1 PAS' }).click();
      assert.match(await words(page, 'main dl'), /In all 12 stored/);
    });

    test('a person says how often a feed should come', async (t) => {
      const { page, close } = await visit(browser, base, reader);
      t.after(close);
      const hours = reader.javaScriptEnabled ? '36' : '48';
      await page.goto(`${base}${feed}`);
      await page.getByText('Say how often it should come').click();
      await page.getByLabel('Expected at least every').fill(hours);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(`expected at least every ${hours} hours`).waitFor();
    });

    test('a message is shown with its faulty place, mended, and stored', async (t) => {
      const id = reader.javaScriptEnabled ? 'with' : 'without';
      await services.feeds.take(adt({ id, pid: nameless }));
      const { page, close } = await visit(browser, base, reader);
      t.after(close);
      await page.goto(`${base}/feeds/messages`);
      await page.getByRole('link', { name: `ADT A01, ${id}` }).click();
      assert.match(await words(page, 'main dl'), /The patient has no number\. Place in it PID-3/);
      assert.match(await words(page, '.anatomy__fault'), /3 .*here/);
      const text = page.getByLabel('Mend the text');
      await text.fill((await text.inputValue()).replace('||^^^RX1', `||P-${id}^^^RX1`));
      await page.getByRole('button', { name: 'Save and try again' }).click();
      assert.match(await words(page, 'main dl'), /What became of it Stored after all/);
    });
  });
}

describe('The pages of feeds', () => {
  walks('feeds', 'feeds/messages', 'feeds/messages/:messageId', 'feeds/:feedId');

  test('have no fault that axe finds, and do not scroll sideways', async (t) => {
    const context = await browser.newContext({ bypassCSP: true });
    t.after(() => context.close());
    const page = await context.newPage();
    for (const address of ['/feeds', '/feeds/messages', waiting, feed]) {
      await page.goto(base + address);
      await standsAtWidths(page, address);
    }
  });
});
