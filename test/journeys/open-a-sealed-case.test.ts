import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { standsAtWidths, walks } from './look.ts';
import { serveWithServices } from './served.ts';
import { readers, visit, words, type Visit } from './visit.ts';

const { base, services } = await serveWithServices();
const browser = await openBrowser();

const children = [
  {
    family: 'Quarrington',
    given: 'Rosalind',
    year: 2014,
    area: 'ZZ3',
    numbers: ['9990000379', '9990000743'],
  },
  {
    family: 'Featherstonehaugh',
    given: 'Winifred',
    year: 2009,
    area: 'ZZ8',
    numbers: ['9990001111', '9990001480'],
  },
  {
    family: 'Ollerenshaw',
    given: 'Clementine',
    year: 2017,
    area: 'ZZ6',
    numbers: ['9990001855', '9990002223'],
  },
] as const;

/** The same child under two NHS numbers, as it stands after an adoption. */
async function store({ family, given, year, area, numbers }: (typeof children)[number]): Promise<void> {
  for (const [index, value] of numbers.entries()) {
    const source = `urn:example:gp-${index}`;
    const resource = {
      resourceType: 'Patient',
      id: `${given.toLowerCase()}-${index}`,
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }],
      name: [{ family, given: [given] }],
      birthDate: `${year}-07-23`,
      gender: 'female',
      address: [{ use: 'home', line: ['14 Tanner Row'], city: 'Millbeck', postalCode: `${area} 4QT` }],
      meta: { source },
    };
    await services.store.write([{ kind: 'put', type: 'Patient', id: resource.id, resource }], {
      source,
      channel: 'import',
      agent: 'test',
    });
  }
  // Which case goes to two reviewers is drawn by its id; here each is decided by one.
  await services.db.query(`update people.review set twice = false where state = 'waiting'`);
}

for (const [index, reader] of readers.entries()) {
  describe(`Opening a sealed case, ${reader.name}`, () => {
    let open: Visit;
    const child = children[index]!;
    before(async () => {
      await store(child);
      open = await visit(browser, base, reader);
    });
    after(() => open.close());

    test('the open queue does not have it, and the list of sealed cases names nobody', async () => {
      const { page } = open;
      await page.goto(`${base}/identity`);
      assert.doesNotMatch(await words(page, 'main'), new RegExp(child.family));
      await page.getByRole('link', { name: 'sealed', exact: true }).click();
      const said = await words(page, 'main');
      assert.match(said, /1 case may tell of a changed identity/);
      assert.doesNotMatch(said, new RegExp(`${child.family}|${child.given}|ZZ|gp-`));
    });

    test('a case shows nobody until a reviewer says why', async () => {
      const { page } = open;
      await page.getByRole('link', { name: /^Case [0-9A-F]{6}$/ }).click();
      const closed = await words(page, 'main');
      assert.match(closed, /Nobody has opened this case yet/);
      assert.doesNotMatch(closed, new RegExp(`${child.family}|${child.given}|ZZ|gp-`));
      await page.getByLabel('Why do you need to open it?').fill('Told of an adoption by the court');
      await page.getByLabel('Your initials').fill('AB');
      await page.getByRole('button', { name: 'Open this case' }).click();
      const shown = await words(page, 'main');
      assert.match(shown, new RegExp(child.family));
      assert.match(shown, /Told of an adoption by the court/);
      assert.doesNotMatch(page.url(), /AB|adoption/);
    });

    test('what was opened is shown to nobody else by its address', async () => {
      const other = await visit(browser, base, reader);
      await other.page.goto(open.page.url());
      assert.doesNotMatch(await words(other.page, 'main'), new RegExp(child.family));
      await other.close();
    });

    test('the two are kept apart, and neither leads to the other', async () => {
      const { page } = open;
      const person = await page
        .getByRole('link', { name: 'All records of this person' })
        .getAttribute('href');
      await page.getByLabel('Keep them apart, and sealed').check();
      await page.getByLabel('Why', { exact: true }).selectOption('Adoption');
      await page.getByRole('button', { name: 'Decide, and go to the next case' }).click();
      assert.match(await words(page, 'main'), /Nothing waits for a decision/);
      await page.goto(`${base}${person}`);
      assert.match(await words(page, 'main'), /1 record is linked/);
      assert.doesNotMatch(await words(page, 'main'), /Is not one person with|Another person/);
    });
  });
}

describe('The pages of sealed cases', () => {
  before(() => store(children[2]));

  walks('identity/sealed', 'identity/sealed/:caseId');

  test('have no fault that axe finds, and do not scroll sideways', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${base}/identity/sealed`);
    await standsAtWidths(page, 'the queue');
    await page
      .getByRole('link', { name: /^Case / })
      .first()
      .click();
    await standsAtWidths(page, 'a closed case');
    await page.getByLabel('Why do you need to open it?').fill('To decide it');
    await page.getByLabel('Your initials').fill('CD');
    await page.getByRole('button', { name: 'Open this case' }).click();
    await standsAtWidths(page, 'an opened case');
    await context.close();
  });
});
