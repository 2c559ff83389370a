import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { serve } from './served.ts';
import { readers, search, visit, words, type Visit } from './visit.ts';

const base = await serve();
const browser = await openBrowser();

for (const reader of readers) {
  describe(`Finding a person, ${reader.name}`, () => {
    let open: Visit;

    before(async () => {
      open = await visit(browser, base, reader);
    });
    after(async () => {
      assert.deepEqual(open.outside, [], 'no page asks an outside address');
      await open.close();
    });

    const ways = [
      { by: 'name, in any order', typed: { name: 'okafor ada' }, reason: 'Each name matches whole' },
      {
        by: 'the beginnings of names',
        typed: { name: 'Gra Oka' },
        reason: 'Names begin with what you typed',
      },
      {
        by: 'date of birth as people write it',
        typed: { born: '1 March 1950' },
        reason: 'Same date of birth',
      },
      { by: 'NHS number with spaces', typed: { nhsNumber: '999 000 0018' }, reason: 'Same NHS number' },
    ];
    for (const { by, typed, reason } of ways) {
      test(`by ${by}`, async () => {
        const { page } = open;
        await page.goto(`${base}/`);
        await search(page, typed);
        assert.match(await words(page, '#found'), /^1 person/);
        const card = await words(page, '.match');
        assert.match(card, /Ada Grace Okafor/);
        assert.match(card, /1 March 1950 \(\d+ years\)/);
        assert.match(card, /999 000 0018/);
        assert.match(card, /Known to .*Northside Hospital/);
        assert.ok(card.includes(reason), card);
        await page.getByRole('link', { name: 'Ada Grace Okafor' }).click();
        assert.equal(await words(page, 'h1'), 'Summary');
      });
    }

    test('no address and no title holds what was typed, and going back shows the results again', async () => {
      const { page } = open;
      await page.goto(`${base}/people`);
      await search(page, { name: 'Okafor' });
      const results = page.url();
      assert.doesNotMatch(results, /okafor/i);
      await page.getByRole('link', { name: 'Ada Grace Okafor' }).click();
      assert.match(page.url(), /\/people\/[0-9a-f-]{36}$/);
      assert.equal(await page.title(), 'Record – OpenICS');
      await page.goBack();
      assert.equal(page.url(), results);
      assert.match(await words(page, '.match'), /Ada Grace Okafor/);
      await page.reload();
      assert.match(await words(page, '.match'), /Ada Grace Okafor/);
    });

    test('many people come a page at a time', async () => {
      const { page } = open;
      await page.goto(`${base}/people`);
      await search(page, { name: 'exampleton' });
      assert.equal(await page.locator('.match').count(), 20);
      const next = page.getByRole('link', { name: 'Next people' });
      const back = page.getByRole('link', { name: 'Back to the first people' });
      await next.click();
      await back.waitFor();
      assert.equal(await page.locator('.match').count(), 5);
      await back.click();
      await next.waitFor();
      assert.equal(await page.locator('.match').count(), 20);
    });

    test('what cannot be understood is said at its field, and what was typed stays', async () => {
      const { page } = open;
      await page.goto(`${base}/people`);
      await search(page, { name: 'Okafor', born: '31/2/1950', nhsNumber: '999 000 0019' });
      const problem = await words(page, '.nhsuk-error-summary');
      assert.match(problem, /Enter a real date of birth/);
      assert.match(problem, /Check the NHS number/);
      assert.equal(await page.getByLabel('Name').inputValue(), 'Okafor');
      assert.equal(await page.getByLabel('Date of birth').inputValue(), '31/2/1950');
    });

    test('nobody found says what to try', async () => {
      const { page } = open;
      await page.goto(`${base}/people`);
      await search(page, { name: 'Nobodyatall' });
      assert.match(await words(page, '#maincontent'), /Nobody found Try one of these/);
    });

    test('a search that another process sealed has ended', async () => {
      const { page } = open;
      await page.goto(`${base}/people?search=${'A'.repeat(80)}`);
      assert.match(await words(page, '#maincontent'), /Your search has ended/);
    });
  });
}

test('a form that another site sends is refused', async () => {
  const answer = await fetch(`${base}/people`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
    body: 'name=Okafor',
  });
  assert.equal(answer.status, 403);
});

test('an address that names nobody says so kindly', async () => {
  for (const who of ['not-a-person', '0198a000-0000-7000-8000-00000000dead']) {
    const answer = await fetch(`${base}/people/${who}`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /There is no person at this address/);
  }
});
