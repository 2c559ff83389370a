import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { purposes } from '../../access/index.ts';
import { inWords, verifyList, type Happening, type ListBundle } from '../../audit/index.ts';
import { house } from '../own-view.fixture.ts';
import type { DayOfLooks, Headline } from './rules.ts';

type Answer = {
  headline: Headline;
  days: DayOfLooks[];
  next: number | null;
  lists: string[];
  asked: { eventId: string; state: string }[];
};

const home = await house();
const ann = await home.personId('ann');
const organisation = (await home.staff('x', 'R8001', 'ZZR01')).asker.subject as {
  post: { organisation: { id: string } };
};
const trust = organisation.post.organisation.id;

const look = (at: string, more: Partial<Happening> = {}): Happening => ({
  at: new Date(at),
  kind: 'read',
  outcome: 'permitted',
  user: 'cis2:1',
  organisation: trust,
  role: 'R8001',
  purpose: 'TREAT',
  person: ann,
  resource: 'Observation',
  particulars: { userName: 'Nia Nurse' },
  ...more,
});

await home.log.note(
  look('2026-05-10T09:00:00Z'),
  look('2026-05-10T09:05:00Z', { resource: 'Condition' }),
  look('2026-05-10T09:06:00Z', { resource: 'Condition' }),
  look('2026-05-11T22:00:00Z', {
    user: 'cis2:2',
    kind: 'break-glass',
    purpose: 'BTG',
    organisation: 'ZZ0001',
    role: 'R0260',
    particulars: { userName: 'Olga Other', reason: 'Found on the floor' },
  }),
  look('2026-05-11T23:30:00Z', {
    user: 'cis2:3',
    outcome: 'refused',
    particulars: { userName: 'Hal Homes' },
  }),
  look('2026-05-12T08:00:00Z', {
    user: 'login:ann',
    organisation: undefined,
    role: undefined,
    purpose: 'PATRQT',
  } as never),
  look('2026-05-12T08:00:00Z', { person: await home.personId('bob') }),
);
await home.log.placeAll();

const times = ({ days }: Answer): number[] =>
  days.flatMap(({ organisations }) => organisations.flatMap(({ looks }) => looks.map((each) => each.times)));

const list = async (query = '') =>
  (await home.ask<Answer>('ann', 'GET', `/api/mine/who-looked${query}`)).body;

describe('who looked at my record', () => {
  test('the headline counts others by service and reason, and the person apart', async () => {
    const { headline } = await list();
    assert.deepEqual([headline.total, headline.yours, headline.emergencies, headline.refused], [5, 1, 1, 1]);
    assert.deepEqual(headline.byOrganisation, [
      { name: 'Marram Hospitals NHS Trust', count: 4 },
      { name: 'Harbour and Quay Surgery', count: 1 },
    ]);
    assert.equal(headline.since, '2026-05-10T09:00:00.000Z');
  });

  test('looks stand by day, the newest first, and by service; one user’s looks for one reason are told once', async () => {
    const { days } = await list();
    assert.deepEqual(
      days.map(({ day }) => day),
      ['2026-05-12', '2026-05-11', '2026-05-10'],
      'days of the United Kingdom: half past eleven in summer is the next day',
    );
    const [trustLooks] = days[2]!.organisations;
    assert.equal(trustLooks!.name, 'Marram Hospitals NHS Trust');
    assert.equal(trustLooks!.looks.length, 1);
    const [nia] = trustLooks!.looks;
    assert.deepEqual(
      [nia!.who, nia!.role, nia!.times, nia!.why],
      ['Nia Nurse', 'Nurse', 3, 'To care for you.'],
    );
    assert.deepEqual(nia!.what, ['looked at your health conditions; your test results and measurements']);
  });

  test('an emergency stands out, with what was written then', async () => {
    const { days } = await list();
    const emergency = days
      .flatMap(({ organisations }) => organisations.flatMap(({ looks }) => looks))
      .find((each) => each.isEmergency);
    assert.match(emergency!.why, /They wrote: Found on the floor/);
    assert.equal(emergency!.role, 'General Medical Practitioner');
  });

  test('pages follow each other without a gap', async () => {
    const first = await list('?count=2');
    const second = await list(`?count=100&before=${first.next}`);
    assert.equal(
      [...times(first), ...times(second)].reduce((sum, n) => sum + n, 0),
      6,
    );
    assert.equal(second.next, null);
  });

  test('the list with its proof holds by itself, and not with a look left out', async () => {
    const { lists } = await list();
    const bundle = (await home.ask<ListBundle>('ann', 'GET', `/api/mine/who-looked/proof/${lists[0]}`)).body;
    const keys = await home.log.keys.texts();
    const whole = await verifyList(bundle, { keys });
    assert.ok(whole.holds && whole.events === 6, JSON.stringify(whole));
    const cut = await verifyList({ ...bundle, events: bundle.events.toSpliced(2, 1) }, { keys });
    assert.equal(cut.holds, false);
  });

  test('nobody takes the list of somebody else', async () => {
    const refused = await home.ask<{ code: string }>(
      'ann',
      'GET',
      `/api/mine/who-looked/proof/${await home.personId('bob')}`,
    );
    assert.deepEqual([refused.status, refused.body.code], [404, 'own-view/not-on-your-list']);
  });

  test('the page that checks a list asks nobody and holds the key of the log', async () => {
    const page = (await home.take('ann', '/api/mine/who-looked/check')).toString();
    assert.doesNotMatch(page, /https?:\/\/(?!www\.w3\.org)/);
    assert.match(page, /verifyList/);
    assert.ok(page.includes((await home.log.keys.texts())[0]!));
  });
});

test('each reason for which somebody may look has words, on the list of who looked', () => {
  const without = purposes.filter((purpose) => {
    const at = '2026-05-10T09:00:00Z';
    const { why } = inWords(
      { id: 'a', at, kind: 'read', outcome: 'permitted', user: 'b', purpose },
      undefined,
      () => undefined,
    );
    return why === 'The reason was not given.';
  });
  assert.deepEqual(without, []);
});

describe('this looks wrong', () => {
  test('a question about a look goes to the privacy officer, who answers it once', async () => {
    const { days } = await list();
    const { eventId } = days[2]!.organisations[0]!.looks[0]!;
    const asked = await home.ask<{ questionId: string; due: string }>('ann', 'POST', '/api/mine/questions', {
      says: 'I was not there.',
      eventId,
    });
    assert.deepEqual([asked.status, asked.body.due], [201, '2026-06-12']);
    assert.deepEqual((await list()).asked, [{ eventId, state: 'asked' }]);

    const officer = await home.officer();
    const waiting = await home.ask<{ questions: { questionId: string; says: string }[] }>(
      officer,
      'GET',
      '/api/questions?open=true',
    );
    assert.deepEqual(
      waiting.body.questions.map(({ says }) => says),
      ['I was not there.'],
    );
    const path = `/api/questions/${asked.body.questionId}/answer`;
    const given = { finding: 'explained', answer: 'She covered your ward that day.' };
    assert.equal((await home.ask(officer, 'POST', path, given)).status, 200);
    assert.equal((await home.ask(officer, 'POST', path, given)).status, 409);
    const mine = await home.ask<{ questions: { state: string; answer: string }[] }>(
      'ann',
      'GET',
      '/api/mine/questions',
    );
    assert.deepEqual(
      mine.body.questions.map(({ state, answer }) => [state, answer]),
      [['explained', 'She covered your ward that day.']],
    );
  });

  test('a nurse sees no questions, and a look of somebody else’s list cannot be asked about', async () => {
    const nurse = await home.staff('nia', 'R8001', 'ZZR01');
    const seen = await home.ask<{ questions: unknown[] }>(nurse, 'GET', '/api/questions');
    assert.deepEqual(seen.body.questions, []);
    const refused = await home.ask('bob', 'POST', '/api/mine/questions', {
      says: 'What is this?',
      eventId: (await list()).days[0]!.organisations[0]!.looks[0]!.eventId,
    });
    assert.equal(refused.status, 404);
  });
});
