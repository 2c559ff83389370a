import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { serve } from './served.ts';
import { readers, search, visit, words, type Visit } from './visit.ts';

const base = await serve();
const browser = await openBrowser();

for (const reader of readers) {
  describe(`Reading a record, ${reader.name}`, () => {
    let open: Visit;
    let record: string;

    before(async () => {
      open = await visit(browser, base, reader);
      await open.page.goto(`${base}/`);
      await search(open.page, { nhsNumber: '9990000018' });
      await open.page.getByRole('link', { name: 'Ada Grace Okafor' }).click();
      record = open.page.url();
    });
    after(async () => {
      assert.deepEqual(open.outside, [], 'no page asks an outside address');
      await open.close();
    });

    test('the banner says whose record it is', async () => {
      await open.page.goto(record);
      const banner = await words(open.page, '.patient-banner');
      assert.match(banner, /Ada Grace Okafor/);
      assert.match(banner, /Test person, not real/);
      assert.match(banner, /Born 1 March 1950 \(\d+ years\)/);
      assert.match(banner, /NHS number 999 000 0018/);
      assert.match(banner, /1 Example Street, Leeds, LS1 1AA/);
    });

    test('a serious allergy stands on top', async () => {
      await open.page.goto(record);
      assert.match(
        await words(open.page, '.alerts'),
        /Serious allergy: Allergy to penicillin \(Anaphylaxis\)/,
      );
    });

    test('a problem that two organisations report is shown once, with both named', async () => {
      const { page } = open;
      await page.goto(record);
      const rows = page.locator('section[aria-labelledby=problems] tbody tr', { hasText: 'Asthma' });
      assert.equal(await rows.count(), 1);
      await rows.locator('summary', { hasText: 'From 2 sources' }).click();
      const sources = await rows.locator('details li').allInnerTexts();
      assert.deepEqual(
        sources.map((source) => source.split(':')[0]?.trim()),
        ['Mill Lane Surgery', 'Northside Hospital'],
      );
    });

    test('where organisations contradict each other, both are shown with who says which', async () => {
      await open.page.goto(record);
      assert.match(
        await words(open.page, '.dispute'),
        /Sources differ Status: Active \(Mill Lane Surgery\); Resolved \(Northside Hospital\)/,
      );
    });

    test('what was recorded by mistake is no fact, but can be reached', async () => {
      const { page } = open;
      await page.goto(record);
      assert.doesNotMatch(await words(page, 'main'), /Myocardial infarction/);
      await page.getByRole('link', { name: '1 entry taken back or ruled out' }).click();
      assert.match(await words(page, 'main'), /They are not facts about this person.*Myocardial infarction/);
    });

    test('each entry leads to the words of its source', async () => {
      const { page } = open;
      await page.goto(`${record}/medicines`);
      await page.getByRole('link', { name: /^Mill Lane Surgery ?: Salbutamol/ }).click();
      const recorded = await words(page, 'main');
      assert.match(recorded, /Dose 2 puffs when needed/);
      assert.match(recorded, /Delivered by urn:example:journeys/);
    });

    test('results say what they show, with a chart beside the table', async () => {
      const { page } = open;
      await page.goto(`${record}/results`);
      await page.getByRole('link', { name: 'Blood pressure' }).click();
      assert.match(
        await words(page, '.finding'),
        /Systolic: 142 mmHg on 13 January 2025, up from 135 mmHg, the highest so far/,
      );
      assert.equal(await page.getByRole('img', { name: /Line chart of Systolic and Diastolic/ }).count(), 1);
      assert.deepEqual(await page.locator('tbody tr td:nth-child(2) strong').allInnerTexts(), [
        '142/88 mmHg',
        '135/84 mmHg',
        '128/82 mmHg',
      ]);
    });

    test('the timeline shows what happened by organisation, and opens a year', async () => {
      const { page } = open;
      await page.goto(`${record}/timeline`);
      assert.match(await words(page, '.lanes'), /Mill Lane Surgery .*Northside Hospital/);
      await page.getByRole('link', { name: /^2024: / }).click();
      assert.equal(await words(page, 'h1'), 'Timeline of 2024');
      const list = await words(page, '.happenings');
      assert.match(list, /3 Jun 2024 Asthma review Contact, Northside Hospital/);
      assert.doesNotMatch(list, /Salbutamol/);
    });

    test('a document opens as text, and a web page in it is only ever saved', async () => {
      const { page } = open;
      await page.goto(`${record}/documents`);
      await page.getByRole('link', { name: /^Clinic letter \(text/ }).click();
      assert.match(await words(page, '.document-text'), /this letter is made up\. <script>/);
      await page.goto(`${record}/documents`);
      await page.getByRole('link', { name: /^Clinic letter as a web page/ }).click();
      const file = await page.getByRole('link', { name: 'Save the file' }).getAttribute('href');
      const answer = await fetch(`${base}${file}`);
      assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
      assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    });

    test('all parts can be reached from one page, with their numbers', async () => {
      const { page } = open;
      await page.goto(`${record}/contents`);
      const links = await page.locator('main table').first().getByRole('link').all();
      assert.equal(links.length, 12);
      for (const link of links) {
        const answer = await fetch(`${base}${await link.getAttribute('href')}`);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      }
    });
  });
}
