import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser } from '../support/browser.ts';
import { standsAtWidths, walks } from './look.ts';
import { serveWithServices } from './served.ts';
import { readers, visit, words, type Visit } from './visit.ts';

const { base, services } = await serveWithServices();
const browser = await openBrowser();

const number = (value: string) => [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }];

const women = [
  { family: 'Quarrington', given: 'Rosalind', year: 1961, area: 'ZZ3', nhsNumber: '9434765919' },
  { family: 'Featherstonehaugh', given: 'Winifred', year: 1944, area: 'ZZ8', nhsNumber: '4010232137' },
] as const;

/** A known woman and a record that may be of her, for each reader; and one whose NHS number is somebody else's. */
const doubtful = (reader: string, { family, given, year, area, nhsNumber }: (typeof women)[number]) => [
  {
    resourceType: 'Patient',
    id: `known-${reader}`,
    identifier: number(nhsNumber),
    name: [{ family, given: [given, 'Mae'] }],
    birthDate: `${year}-07-23`,
    gender: 'female',
    address: [{ use: 'home', line: ['14 Tanner Row'], city: 'Millbeck', postalCode: `${area} 4QT` }],
    meta: { source: 'urn:example:gp' },
  },
  {
    resourceType: 'Patient',
    id: `sure-${reader}`,
    identifier: number(nhsNumber),
    name: [{ family, given: [given] }],
    birthDate: `${year}-07-23`,
    gender: 'female',
    meta: { source: 'urn:example:trust' },
  },
  {
    resourceType: 'Patient',
    id: `doubtful-${reader}`,
    name: [{ family, given: [given, 'Maeve'] }],
    birthDate: `${year}-07-28`,
    gender: 'female',
    address: [{ line: ['2 New Lane'], city: 'Millbeck', postalCode: `${area} 9AA` }],
    meta: { source: 'urn:example:council' },
  },
  {
    resourceType: 'Patient',
    id: `wrong-${reader}`,
    identifier: number(nhsNumber),
    name: [{ family: `Else ${reader}`, given: ['Somebody'] }],
    birthDate: reader === 'with' ? '1999-01-02' : '1977-10-30',
    gender: 'male',
    meta: { source: 'urn:example:trust' },
  },
];

async function store(resources: ReturnType<typeof doubtful>): Promise<void> {
  for (const resource of resources) {
    await services.store.write([{ kind: 'put', type: 'Patient', id: resource.id, resource }], {
      source: resource.meta.source,
      channel: 'import',
      agent: 'test',
    });
  }
  await everybodySettled();
  // Which case goes to two reviewers is drawn by its id; here each is decided by one.
  await services.db.query(`update people.review set twice = false where state = 'waiting'`);
}

/** Waits until nobody is to be looked at again: who was asked about only then is asked about once. */
async function everybodySettled(): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    const waiting = await services.db.query('select 1 from people.recheck limit 1');
    if (waiting.length === 0) return;
    await pause(100);
  }
  throw new Error('Patients still wait to be looked at again.');
}

for (const [index, reader] of readers.entries()) {
  describe(`Reviewing a match, ${reader.name}`, () => {
    let open: Visit;
    const name = reader.javaScriptEnabled ? 'with' : 'without';
    const woman = women[index]!;
    const shown = `${woman.given} Maeve ${woman.family}`;

    before(async () => {
      await store(doubtful(name, woman));
      open = await visit(browser, base, reader);
    });
    after(() => open.close());

    test('the queue says how many wait, since when, and why', async () => {
      const { page } = open;
      await page.goto(`${base}/identity`);
      const said = await words(page, 'main');
      // The first reader leaves two questions: one it did not answer, and one whose answer it took back.
      assert.match(said, new RegExp(`\\b${index === 0 ? 2 : 4} records may belong to somebody we know`));
      assert.match(said, /NHS number agrees/);
      assert.match(said, /The oldest has waited since today/);
    });

    test('a case shows both sides in words, and what adds up to its weight', async () => {
      const { page } = open;
      await page.goto(`${base}/identity`);
      await page.getByRole('link', { name: shown }).click();
      const said = await words(page, 'main');
      assert.match(said, /Partly the same/);
      assert.match(said, /to 1 for one person \(\+\d+\.\d bits\)/);
      assert.match(said, /All together/);
      if (process.env['PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['PICTURES']}/case-${name}.png`, fullPage: true });
    });

    test('the decision joins the record, and the next case comes with the initials kept', async () => {
      const { page } = open;
      await page.getByLabel('Same person').check();
      await page.getByLabel('Why').selectOption('Particulars agree');
      await page.getByLabel('Your initials').fill('AB');
      await page.getByRole('button', { name: 'Decide, and go to the next case' }).click();
      assert.match(await words(page, 'main'), /NHS number agrees; date of birth does not/);
      assert.equal(await page.getByLabel('Your initials').inputValue(), 'AB');
      assert.doesNotMatch(page.url(), /AB/);
    });

    test('the person lists all records and why; one that is of somebody else leaves, and can come back', async () => {
      const { page } = open;
      await page.goto(`${base}/identity`);
      await page.getByRole('link', { name: `Somebody Else ${name}`, exact: true }).click();
      await page.getByRole('link', { name: 'All records of this person' }).click();
      assert.match(await words(page, 'main'), /3 records are linked/);
      assert.match(await words(page, 'main'), /Decided by a reviewer/);
      const sheet = page.locator('.sheet', { hasText: shown });
      await sheet.getByText('This record is of somebody else').click();
      await sheet.getByLabel('Reason').fill('A cousin');
      await sheet.getByRole('button', { name: 'Unlink this record' }).click();
      assert.match(await words(page, 'main'), /1 record is linked/);
      assert.match(await words(page, 'main'), /Is not one person with 2 other records/);
      await page.getByText('Take this decision back').click();
      await page.getByLabel('Reason').fill('It was her');
      await page.getByRole('button', { name: 'Take it back' }).click();
      assert.match(await words(page, 'main'), /1 record is linked/);
      if (process.env['PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['PICTURES']}/person-${name}.png`, fullPage: true });
    });

    test('a form that lacks something says so', async () => {
      const { page } = open;
      await page.goto(`${base}/identity`);
      await page.getByRole('link', { name: 'Start with the oldest' }).click();
      const address = page.url();
      const reply = await page.request.post(address, {
        form: { verdict: 'different' },
        headers: { origin: base },
      });
      assert.match(await reply.text(), /Something is missing/);
    });
  });
}

describe('The pages of the review', () => {
  walks('identity', 'identity/cases/:caseId', 'identity/people/:personId');

  test('have no fault that axe finds, and do not scroll sideways', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${base}/identity`);
    await standsAtWidths(page, 'the queue');
    await page.locator('main table a').first().click();
    await standsAtWidths(page, 'a case');
    await page.getByRole('link', { name: 'All records of this person' }).first().click();
    await standsAtWidths(page, 'a person');
    await context.close();
  });
});
