import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { buildWebIfStale } from '../commands/start/web-build.ts';
import { admitDiary, diaryId } from './diary.fixture.ts';
import { serveSignedIn } from './served.fixture.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { standsAtWidths, tabTo, walks, widths } from '../../test/journeys/look.ts';
import { cookiesOf } from '../../test/journeys/signing-in.ts';
import { words } from '../../test/journeys/visit.ts';

await buildWebIfStale(() => undefined);
const { base, services, log, as, ada: behind, registerAda } = await serveSignedIn();
const chromium = await openBrowser();
const ada = behind.person;
const days = 'from=2026-03-01&to=2026-03-31';

/** A page as somebody signed in sees it: their cookies, taken from the browser that signed in. */
async function pageAs(
  persona: string,
  { bypassCSP = false, javaScriptEnabled = true, role = '' } = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const visitor = await as(persona);
  if (role !== '') await visitor.send('PUT', '/api/session/role', { role });
  const context = await chromium.newContext({
    viewport: { width: 1280, height: 900 },
    bypassCSP,
    javaScriptEnabled,
  });
  await context.addCookies(cookiesOf(visitor, base));
  return { page: await context.newPage(), context };
}

/** What Ada asks of those who hold her record. */
const asked = {
  '/api/mine/questions': { says: 'Who is Olga, and why did she look?' },
  '/api/mine/corrections': {
    type: 'Condition',
    id: 'asthma',
    title: 'Asthma',
    wrong: 'I had it as a child.',
    should: 'Past',
  },
  '/api/mine/copies': undefined,
};

const back = `${base}/about`;
const scopes = ['patient/Condition.rs', 'patient/Observation.rs'];

/** Where an app sends somebody whom it asks for leave. */
const askedByApp = `${base}/oauth/auth?${new URLSearchParams({
  client_id: diaryId,
  redirect_uri: back,
  response_type: 'code',
  scope: scopes.join(' '),
  aud: `${base}/fhir`,
  state: 'a-state-of-the-app',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
})}`;

before(async () => {
  await admitDiary(services.db, scopes, back);
  await registerAda();
  const other = await as('other-gp');
  const broken = await other.send('POST', '/api/glass', { person: ada, reason: 'Collapsed in the street' });
  assert.equal(broken.status, 201);
  assert.equal((await other.getOnly('/fhir/Condition/asthma')).status, 200);
  assert.equal((await other.send('DELETE', `/api/glass/${ada}`)).status, 200);
  assert.equal((await (await as('gp')).getOnly('/fhir/Condition/asthma')).status, 200);
  const herself = await as('ada');
  for (const [path, body] of Object.entries(asked))
    assert.ok((await herself.send('POST', path, body)).ok, path);
  await log.placeAll();
});

describe('A privacy officer', () => {
  test('finds in the log who looked at a person, and why', async () => {
    const { page, context } = await pageAs('privacy');
    await page.goto(`${base}/privacy/person`);
    await page.getByRole('textbox', { name: 'NHS number' }).fill('999 000 0018');
    for (const [label, typed] of Object.entries({ Day: '1', Month: '3', Year: '1950' }))
      await page.getByLabel(label, { exact: true }).fill(typed);
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: 'Who looked at their record' }).click();
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

  test('whose record was opened in an emergency is told so on the first page of their own view', async () => {
    const { page, context } = await pageAs('ada', { javaScriptEnabled: false });
    await page.goto(`${base}/mine`);
    const notice = await words(page, 'section[aria-labelledby=notices]');
    assert.match(notice, /Your record was opened in an emergency/);
    assert.match(notice, /somebody at Warren .* opened it without asking you first.*Collapsed in the street/);
    await context.close();
  });

  test('reviews a broken glass by keyboard alone, after which none waits', async () => {
    const { page, context } = await pageAs('privacy');
    await page.goto(`${base}/privacy/glass`);
    assert.match(await words(page, 'main'), /1 use waits/);
    await tabTo(page, 'What did you find?');
    await page.keyboard.type('The ambulance sheet says the same');
    await tabTo(page, 'It was right');
    await page.keyboard.press('Enter');
    await page.getByText('None waits for a review').waitFor();
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

describe('Somebody whom nothing ties to a doctor', () => {
  test('is found by number, without script; the doctor says why, and the record opens and tells why', async () => {
    const { page, context } = await pageAs('other-gp', { javaScriptEnabled: false });
    await page.goto(`${base}/people/${ada}`);
    assert.match(await words(page, 'main'), /Nothing shows that the person is in the care of/);
    await page.getByRole('link', { name: 'Find them by NHS number' }).click();
    await page.getByRole('button', { name: 'Find' }).click();
    assert.match(await words(page, '.nhsuk-error-summary'), /it has 10 digits.*a day, a month and a year/);
    await fillPair(page, '999 000 0018', ['2', '3', '1950']);
    assert.match(await words(page, 'main'), /We know nobody with this NHS number and this date of birth/);
    await fillPair(page, '999 000 0018', ['1', '3', '1950']);
    assert.equal(await words(page, 'h1'), 'This person is here, but their record is closed to you');
    assert.doesNotMatch(await page.content(), /Okafor|9990000018|999 000 0018/);
    await page.getByLabel('How are they in your care?').fill('no');
    await page.getByRole('button', { name: 'They are in my care' }).click();
    assert.match(await words(page, '.nhsuk-error-summary'), /Say in a few words/);
    await page.getByLabel('How are they in your care?').fill('Came to our walk-in clinic');
    await page.getByRole('button', { name: 'They are in my care' }).click();
    assert.equal(new URL(page.url()).pathname, `/people/${ada}`);
    await page.getByText('Why can I see this?').click();
    const why = await words(page, 'details.why');
    assert.match(why, /in your care, as you said.*Came to our walk-in clinic/);
    assert.match(why, /Nobody is told whether there are any/);
    await context.close();
  });

  test('is opened in an emergency by keyboard alone, for a reason, and closed again', async () => {
    const { page, context } = await pageAs('both', { role: '1' });
    await page.goto(`${base}/people/${ada}`);
    await tabTo(page, 'Why do you need it?');
    await page.keyboard.type('Unconscious');
    await tabTo(page, 'Break the glass');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Summary' }).waitFor();
    assert.match(await words(page, 'body'), /Asthma/);
    await page.goto(base);
    await tabTo(page, 'I no longer need it');
    await page.keyboard.press('Enter');
    await page.getByText('Glass broken until').waitFor({ state: 'detached' });
    await page.goto(`${base}/people/${ada}`);
    assert.match(await words(page, 'h1'), /Nothing shows that the person is in the care of/);
    await context.close();
  });

  test('is found by name and opened by keyboard alone, by a doctor who cares for them', async () => {
    const { page, context } = await pageAs('gp');
    await page.goto(base);
    await tabTo(page, 'Name');
    await page.keyboard.type('okafor ada');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/people?search=**');
    await tabTo(page, 'Ada Okafor');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/people/${ada}`);
    await tabTo(page, 'Problems');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/people/${ada}/problems`);
    await context.close();
  });

  test('can be looked for by keyboard alone, and so can why a record is open', async () => {
    const { page, context } = await pageAs('gp');
    await page.goto(`${base}/people/by-number`);
    for (const [label, typed] of [
      ['NHS number', '9990000018'],
      ['Day', '1'],
      ['Month', '3'],
      ['Year', '1950'],
    ] as const) {
      await tabTo(page, label);
      await page.keyboard.type(typed);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/people/${ada}`);
    await tabTo(page, 'Why can I see this?');
    await page.keyboard.press('Enter');
    await page.getByText(/registered with you, since/).waitFor();
    await context.close();
  });
});

type Looks = { days: { organisations: { looks: { who: string; outcome: string }[] }[] }[] };

describe('What people ask for', () => {
  test('may be looked through, without it being said that somebody tried to change a record', async () => {
    assert.equal((await (await as('privacy')).getOnly('/api/corrections')).status, 200);
    await log.placeAll();
    const list = (await (await as('ada')).json('/api/mine/who-looked')) as Looks;
    const looks = list.days.flatMap(({ organisations }) => organisations.flatMap((each) => each.looks));
    const theirs = looks.filter(({ who }) => who === 'Priya Privacy');
    assert.deepEqual(
      theirs.filter(({ outcome }) => outcome !== 'permitted'),
      [],
    );
  });

  test('is reached from the menu and answered by keyboard alone', async () => {
    const officer = await pageAs('privacy');
    await officer.page.goto(base);
    for (const [entry, heading] of [
      ['Copies asked for', 'Copies people asked for'],
      ['Corrections asked for', 'What people ask to be put right'],
      ['Questions asked', 'Questions people asked'],
    ] as const) {
      await tabTo(officer.page, entry);
      await officer.page.keyboard.press('Enter');
      await officer.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      assert.equal(await officer.page.locator('.nhsuk-header [aria-current=page]').innerText(), entry);
    }
    assert.match(await words(officer.page, 'main'), /1 question waits.*Who is Olga/);
    await tabTo(officer.page, 'Your answer, in plain words');
    await officer.page.keyboard.type('She cared for you in an emergency.');
    await tabTo(officer.page, 'It was right: send the answer');
    await officer.page.keyboard.press('Enter');
    await officer.page.getByText('None waits for an answer').waitFor();
    await officer.context.close();
    const doctor = await pageAs('gp');
    await doctor.page.goto(`${base}/rights/corrections`);
    await tabTo(doctor.page, 'What you did');
    await doctor.page.keyboard.press('ArrowDown');
    await doctor.page.keyboard.press('ArrowDown');
    await tabTo(doctor.page, 'What you tell the person');
    await doctor.page.keyboard.type('It is right: you still have it.');
    await tabTo(doctor.page, 'Answer');
    await doctor.page.keyboard.press('Enter');
    await doctor.page.getByText(/Nothing waits/).waitFor();
    await doctor.context.close();
  });
});

describe('My visits and apps', () => {
  test('an app is allowed by keyboard alone, stands on the list, and is stopped there', async () => {
    const { page, context } = await pageAs('ada');
    await page.goto(askedByApp);
    assert.equal(await words(page, 'h1'), 'Allow Asthma diary to see this?');
    await tabTo(page, 'Allow');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${back}?code=**`);
    await page.goto(`${base}/mine`);
    await tabTo(page, 'Your visits and apps');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/visits');
    const said = await words(page, 'main');
    assert.match(said, /1 app may see things in your name.*Asthma diary/);
    assert.match(said, /A device we do not know Here/);
    assert.match(said, /See health conditions of this person.*About: One person only.*Last used: Not yet/);
    await tabTo(page, 'Stop this app');
    await page.keyboard.press('Enter');
    await page.getByText('That app can see nothing of yours any more').waitFor();
    assert.match(await words(page, 'main'), /No app may see anything in your name now/);
    await context.close();
  });
});

async function fillPair(page: Page, nhsNumber: string, born: readonly string[]): Promise<void> {
  await page.getByLabel('NHS number').fill(nhsNumber);
  for (const [at, label] of ['Day', 'Month', 'Year'].entries()) await page.getByLabel(label).fill(born[at]!);
  await page.getByRole('button', { name: 'Find' }).click();
}

const pages = [
  '/privacy',
  '/privacy/person',
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

const addressesOf: Record<string, string[]> = {
  privacy: [...pages, '/privacy/questions', '/rights/copies', '/visits'],
  gp: ['/rights/corrections', '/people/by-number', `/people/${ada}`],
  housing: [`/people/${ada}`],
};

describe('The pages of signed-in staff', () => {
  walks(
    'privacy',
    'privacy/person',
    'privacy/glass',
    'privacy/odd',
    'privacy/questions',
    'privacy/who-could-see',
  );
  walks('policy', 'policy/sensitive', 'policy/relationships', 'policy/agreements', 'policy/versions');
  walks(
    'policy/unconfirmed',
    'policy/register',
    'rights/corrections',
    'rights/copies',
    'rights/copies/:copyId',
  );
  walks('visits', 'app-request/:uid', 'people/by-number');

  for (const [persona, addresses] of Object.entries(addressesOf)) {
    test(`have no fault that axe finds, and do not scroll sideways, for ${persona}`, async () => {
      const { page, context } = await pageAs(persona, { bypassCSP: true });
      for (const address of addresses) {
        await page.goto(`${base}${address}`);
        assert.equal(await page.locator('h1').count(), 1, address);
        await openAll(page);
        await standsAtWidths(page, address, address.startsWith('/policy') ? [320] : widths);
        await picture(page, `${persona}${address}`);
      }
      await context.close();
    });
  }

  test('have none either where they answer what was typed, check a copy or ask about an app', async () => {
    const doctor = await pageAs('two', { bypassCSP: true, role: '2' });
    await doctor.page.goto(`${base}/people/by-number`);
    await doctor.page.getByRole('button', { name: 'Find' }).click();
    await standsAtWidths(doctor.page, 'a form with a fault');
    await fillPair(doctor.page, '9990000018', ['1', '3', '1950']);
    await standsAtWidths(doctor.page, 'somebody whose record is closed');
    await picture(doctor.page, 'somebody-there');
    await doctor.context.close();
    const officer = await pageAs('privacy', { bypassCSP: true });
    await officer.page.goto(`${base}/rights/copies`);
    await officer.page.locator('main table a').first().click();
    await standsAtWidths(officer.page, 'a copy to check');
    await picture(officer.page, 'copy');
    await officer.context.close();
    const resident = await pageAs('ada', { bypassCSP: true });
    await resident.page.goto(askedByApp);
    await standsAtWidths(resident.page, 'an app that asks');
    await picture(resident.page, 'app-request');
    await resident.context.close();
  });
});

/** What can be opened is opened, so that it is looked at too. */
const openAll = (page: Page): Promise<unknown> =>
  page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');

/** Takes pictures where a folder for them is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  const file = name
    .replace(/\?.*$/, '')
    .replaceAll(/[^a-z]+/g, '-')
    .slice(0, 40);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${file}-${width}.png`, fullPage: true });
  }
}
