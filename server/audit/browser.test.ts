import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, house, opening } from './house.fixture.ts';
import { openBrowser } from '../../test/support/browser.ts';

test('a browser checks a list by itself, and sees that one look was left out', async (t) => {
  const { log, serve, proofs } = await house(t);
  await log.note(
    ...Array.from({ length: 500 }, () => opening(ada, { particulars: { userName: 'Nur Ali' } })),
  );
  await log.placeAll();
  const address = await serve();
  const bundle = await proofs.list({ kind: 'person', id: ada });
  const browser = await openBrowser(t);
  const page = await browser.newPage();
  await page.goto(`${address}/audit/verifier.js`);
  const found = await page.evaluate(
    async ({ list, keys }) => {
      type Verifier = typeof import('./verifier/index.ts');
      const path = '/audit/verifier.js';
      const { verifyList } = (await import(path)) as Verifier;
      const began = performance.now();
      const whole = await verifyList(list, { keys });
      const ms = performance.now() - began;
      const cut = await verifyList({ ...list, events: list.events.toSpliced(200, 1) }, { keys });
      return { whole, ms, cut };
    },
    { list: bundle, keys: await log.keys.texts() },
  );
  t.diagnostic(`500 events checked in ${found.ms.toFixed(0)} ms`);
  assert.ok(found.whole.holds && found.whole.events === 500, JSON.stringify(found.whole));
  assert.equal(found.cut.holds, false);
});
