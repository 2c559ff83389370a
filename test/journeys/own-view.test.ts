import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { state } from '../../server/access/index.ts';
import type { Persona } from '../../server/access/sign-in/index.ts';
import { openApp } from '../../server/app.ts';
import { buildWebIfStale } from '../../server/commands/start/web-build.ts';
import { createOrganisations, odsSystem } from '../../server/organisations/index.ts';
import { ridOf } from '../../server/record/rid.ts';
import { openBrowser } from '../support/browser.ts';
import { walledDatabase } from '../support/walled-database.ts';
import { filled, now, people, personIdOf } from '../support/made-up-residents.ts';
import { standsAtWidths, tabTo, walks } from './look.ts';
import { signedInCookies } from './signing-in.ts';
import { readers, visit, words } from './visit.ts';

const residents = (['ann', 'bob'] as const).map((id): Persona => ({
  id,
  name: `${people[id].given} ${people[id].family}`,
  job: 'Sees their own record',
  kind: 'person',
  roles: [],
  nhsNumber: people[id].number,
  birthDate: people[id].born,
}));
const doctor: Persona = {
  id: 'sam',
  name: 'Sam Doctor',
  job: 'Doctor at Harbour and Quay Surgery',
  kind: 'staff',
  roles: [{ id: '1', organisation: 'ZZ0001', role: 'R0260' }],
};

await buildWebIfStale(() => undefined);
// Servers stop before their database goes.
const undo: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of undo.toReversed()) await work();
});
const scope = { after: (work: () => Promise<void>) => void undo.push(work) };
const { db } = await walledDatabase(scope);
const began = Date.now();
const clock = () => new Date(Date.parse(now) + Date.now() - began);
const { folder, services } = await filled(db, clock);
let base = '';
const app = await openApp(services, folder, {
  signIn: { providers: [], address: () => base, personas: async () => [...residents, doctor] },
});
await app.listen({ host: '127.0.0.1', port: 0 });
base = `http://localhost:${(app.server.address() as AddressInfo).port}`;
undo.push(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
const browser = await openBrowser(scope);

/** Signs in without the pages, which have journeys of their own, and opens one. */
async function signIn(page: Page, { name }: Persona, to: string): Promise<void> {
  await page.context().addCookies(await signedInCookies(base, [...residents, doctor], name));
  await page.goto(`${base}${to}`);
}

const ann = residents[0]!;

before(async () => {
  const organisations = createOrganisations(db);
  const surgery = await organisations.organisationByIdentifier({ system: odsSystem, value: 'ZZ0001' });
  const saying = { by: 'test', at: clock() };
  await db.transaction(async (tx) => {
    const registered = {
      kind: 'registered',
      team: null,
      user: null,
      evidence: 'a test',
      from: 0,
      to: null,
    } as const;
    await state(tx, 'relationship', ridOf('ann'), { ...registered, organisation: surgery! }, saying);
    const parent = {
      proxy: await personIdOf(db, 'ann'),
      kind: 'parent',
      classes: null,
      from: 0,
      to: null,
    } as const;
    await state(tx, 'proxy', ridOf('cay'), parent, saying);
  });
});

/** Forms work before script does. */
const reader = readers.find(({ javaScriptEnabled }) => !javaScriptEnabled)!;

describe(`My own view, ${reader.name}`, () => {
  test('a doctor’s look is on the list, with name, job and reason, and can be asked about', async () => {
    const atWork = await visit(browser, base, reader);
    await signIn(atWork.page, doctor, `/people/${await personIdOf(db, 'ann')}`);
    assert.match(await words(atWork.page, 'body'), /Ann Marsh/);
    await atWork.close();

    const { page, outside, close } = await visit(browser, base, reader);
    await signIn(page, ann, '/mine');
    assert.match(await words(page, 'h1'), /Hello Ann Marsh/);
    assert.match(await words(page, 'main'), /Lung clinic/);
    await page.waitForTimeout(1500);
    await page.getByRole('link', { name: 'Who looked', exact: true }).click();
    const list = await words(page, 'main');
    assert.match(list, /1 service looked \d+ times? since 12 May 2026/);
    assert.match(list, /Sam Doctor, General Medical Practitioner/);
    assert.match(list, /To care for you/);
    await page
      .getByRole('link', { name: /This looks wrong.*Sam Doctor/ })
      .first()
      .click();
    await page.getByLabel('Your question').fill('I did not see this doctor.');
    await page.getByRole('button', { name: 'Send my question' }).click();
    assert.match(await words(page, 'main'), /We sent your question/);
    assert.deepEqual(outside, []);
    await close();
  });

  test('a choice is made, counts at once, and is taken back', async () => {
    const { page, close } = await visit(browser, base, reader);
    await signIn(page, ann, '/mine/choices');
    await page.getByRole('button', { name: 'Do not share my record' }).click();
    assert.match(await words(page, 'main'), /Done\. It counts from now on/);
    await page.getByRole('button', { name: 'Share my record again' }).click();
    assert.match(await words(page, 'main'), /You took it back/);
    assert.doesNotMatch(page.url(), /objects/);
    await close();
  });

  test('help, a correction and a code for somebody are asked for by forms alone', async () => {
    const { page, close } = await visit(browser, base, reader);
    await signIn(page, ann, '/mine/help');
    await page.getByLabel('What helps you').selectOption('I need more time at appointments');
    await page.getByRole('button', { name: /Add.*At appointments/ }).click();
    assert.match(await words(page, 'main'), /Staff see it from now on/);
    await page.getByRole('button', { name: /I do not need this now/ }).click();

    await page.goto(`${base}/mine/health`);
    await page.getByRole('link', { name: /This is wrong.*Asthma/ }).click();
    await page.getByLabel('What is wrong').fill('I had it as a child.');
    await page.getByLabel('What it should say').fill('Past');
    await page.getByRole('button', { name: 'Ask them to put it right' }).click();
    assert.match(await words(page, 'main'), /We sent it to who wrote it/);

    await page.goto(`${base}/mine/people`);
    await page.getByLabel('Appointments').check();
    await page.getByRole('button', { name: 'Get a code' }).click();
    assert.match(await words(page, '.code-to-hand-over'), /^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    await page.getByRole('link', { name: /Open the record of Cay/ }).click();
    assert.match(await words(page, 'h1'), /The record of Cay Marsh/);
    await close();
  });
});

describe('The pages of one’s own view', () => {
  walks(
    'mine',
    'mine/appointments',
    'mine/health',
    'mine/tests',
    'mine/letters',
    'mine/who-looked',
    'mine/questions',
    'mine/questions/new',
    'mine/choices',
    'mine/choices/hide',
    'mine/help',
    'mine/corrections',
    'mine/corrections/new',
    'mine/copy',
    'mine/people',
    'mine/for/:personId',
  );
  const entry = new URLSearchParams({ type: 'Condition', id: 'asthma' });
  const addresses = [
    '/mine',
    '/mine/appointments',
    '/mine/health',
    '/mine/tests',
    '/mine/letters',
    '/mine/who-looked',
    '/mine/questions',
    '/mine/questions/new',
    '/mine/choices',
    `/mine/choices/hide?${entry}`,
    '/mine/help',
    '/mine/corrections',
    `/mine/corrections/new?${entry}`,
    '/mine/copy',
    '/mine/people',
  ];

  test('have no fault that axe finds, and do not scroll sideways on the narrowest screen', async () => {
    // The pages allow no foreign script; axe is one, so the policy is lifted for it alone.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 900 } });
    const page = await context.newPage();
    await signIn(page, ann, '/mine');
    const pictures = process.env['PICTURES'];
    for (const address of [...addresses, `/mine/for/${await personIdOf(db, 'cay')}`]) {
      await page.goto(`${base}${address}`);
      assert.equal(await page.locator('h1').count(), 1, address);
      assert.doesNotMatch(await page.title(), /Marsh|Asthma/, address);
      await standsAtWidths(page, address, [320]);
      if (pictures !== undefined) {
        const name = address.replace(/\?.*$/, '').replaceAll('/', '-').slice(1);
        await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
      }
    }
    await context.close();
  });

  test('are gone through by keyboard alone', async () => {
    const { page, close } = await visit(browser, base);
    await signIn(page, ann, '/mine');
    const press = async (name: string, leadsTo: string): Promise<void> => {
      await tabTo(page, name);
      await Promise.all([page.waitForURL(`**/mine/${leadsTo}`), page.keyboard.press('Enter')]);
    };
    await press('Choices', 'choices');
    await press('Do not share my record', 'choices?done=said');
    await press('Share my record again', 'choices?done=took-back');
    await press('Health', 'health');
    await press('Hide this: Asthma', 'choices/hide?**');
    await press('Hide it', 'choices?done=hidden');
    await press('Show it again', 'choices?done=opened');
    await press('My copy', 'copy');
    await press('Ask for my copy', 'copy?done=asked');
    await press('Who looked', 'who-looked');
    await press('Your questions', 'questions');
    await press('Ask something else', 'questions/new');
    await tabTo(page, 'Your question');
    await page.keyboard.type('Who is Sam?');
    await press('Send my question', 'who-looked?done=asked');
    await close();
  });
});
