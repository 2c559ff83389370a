import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { givePost, state } from '../access/index.ts';
import { now, serveSignedIn } from './served.fixture.ts';

const { services, owner, log, as, organisation, ada: behind, registerAda } = await serveSignedIn();
const { db } = services;
const saying = { by: 'test', at: now };
const ada = { nhsNumber: '9990000018', born: '1950-03-01' };
const { person, patientId: home } = behind;
const ria = { nhsNumber: '9990000026', born: '1961-05-02' };
const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
};

before(async () => {
  await services.store.write(
    [
      {
        kind: 'put',
        type: 'Patient',
        id: 'ria',
        resource: {
          resourceType: 'Patient',
          id: 'ria',
          meta: restricted,
          identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: ria.nhsNumber }],
          name: [{ family: 'Rook', given: ['Ria'] }],
          birthDate: ria.born,
          address: [{ line: ['1 Hidden Street'], postalCode: 'ZZ1 1AA' }],
        },
      },
    ],
    { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' },
  );
  await registerAda();
});

const ask = async (who: string, pair: { nhsNumber: string; born: string }) => {
  const answer = await (await as(who)).send('POST', '/api/people/identify', pair);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const words = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, body['title'], body['wayOut']];
const forgetTries = () => db.query('delete from access.wrong_pair');

describe('Somebody whom nothing ties to whoever asks', () => {
  test('is found by NHS number and date of birth, and nothing of them is told but the ways', async () => {
    const { status, body } = await ask('other-gp', ada);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['person', 'ways', 'claimHours']);
    const { state: is, mayClaim, mayBreak } = body['ways'] as Record<string, unknown>;
    assert.deepEqual([is, mayClaim, mayBreak, body['claimHours']], ['closed', true, true, 24]);
    assert.doesNotMatch(JSON.stringify(body), /Okafor|Ada|1950|9990000018|Harbour|Quay/);
  });

  test('looks the same whether or not their whereabouts are protected', async () => {
    const [one, other] = [await ask('other-gp', ada), await ask('other-gp', ria)];
    assert.deepEqual(other.body['ways'], one.body['ways']);
  });

  test('is not told of to a wrong date of birth, an unknown number, or a user whom they blocked', async () => {
    await forgetTries();
    const wrong = await ask('other-gp', { ...ada, born: '1950-03-02' });
    assert.deepEqual(words(await ask('other-gp', { ...ada, nhsNumber: '9990000042' })), words(wrong));
    assert.equal(wrong.status, 404);
    const blocked = {
      kind: 'blocks-user',
      organisation: null,
      user: 'demonstration:other-gp',
      project: null,
      from: 0,
      to: null,
    } as const;
    await db.transaction((tx) => state(tx, 'choice', home, blocked, saying));
    assert.deepEqual(words(await ask('other-gp', ada)), words(wrong));
    await owner.query(`delete from access.choice where kind = 'blocks-user'`);
  });

  test('is not looked for by whoever gave three wrong pairs, however right the fourth, and others may go on', async () => {
    assert.equal((await ask('other-gp', ada)).status, 429);
    assert.equal((await ask('gp', ada)).status, 200);
    const tried = await db.query('select user_id as user from access.wrong_pair');
    assert.deepEqual(
      tried,
      Array.from({ length: 3 }, () => ({ user: 'demonstration:other-gp' })),
    );
    await forgetTries();
  });

  test('is not looked for by whoever checks or runs the system, nor by residents', async () => {
    for (const who of ['privacy', 'admin', 'ada']) assert.equal((await ask(who, ada)).status, 403, who);
    assert.deepEqual(await db.query('select 1 from access.wrong_pair'), []);
  });

  test('stands open where a relationship does, and each try is on record', async () => {
    assert.deepEqual((await ask('gp', ada)).body['ways'], { state: 'open' });
    await log.placeAll();
    const officer = await as('privacy');
    const found = (await officer.json('/api/privacy/events?count=200')) as {
      lines: { rule: string | null; outcome: string; person: string | null; kind: string }[];
    };
    const wrong = found.lines.filter(({ rule }) => rule === 'wrong-pair');
    assert.equal(wrong.length, 3);
    assert.ok(wrong.every(({ outcome, person: whom }) => outcome === 'refused' && whom === null));
    assert.ok(found.lines.some((line) => line.kind === 'search' && line.person === person));
  });
});

const claim = async (who: string, reason = 'Came to our walk-in clinic') =>
  (await as(who)).send('POST', '/api/relationships/claims', { person, reason });

describe('A claim that somebody is in my care', () => {
  test('opens the record at once, and the record says why it is open', async () => {
    assert.equal((await claim('other-gp')).status, 201);
    const doctor = await as('other-gp');
    assert.equal((await doctor.getOnly('/fhir/Condition/asthma')).status, 200);
    const why = JSON.stringify(await doctor.json(`/api/why/people/${person}`));
    assert.match(why, /in your care, as you said, since 2026-03-02 \(Came to our walk-in clinic\)/);
  });

  test('is not needed where the record is open, and not offered to who could do nothing with it', async () => {
    assert.equal((await claim('gp')).status, 409);
    assert.equal((await claim('privacy')).status, 409);
    assert.equal((await claim('admin')).status, 404);
    assert.equal((await claim('ada')).status, 403);
  });

  test('proves nothing to the officer, who is shown the look at a colleague under it', async () => {
    const job = {
      user: 'demonstration:ada-at-work',
      kind: 'staff',
      person,
      role: 'R0260',
      organisation: await organisation('ZZ0003'),
      teams: [],
      from: 0,
      to: null,
    } as const;
    await db.transaction((tx) => givePost(tx, { ...job, teams: [] }, saying));
    await log.placeAll();
    const { cases } = (await (
      await as('privacy')
    ).json('/api/privacy/odd?from=2026-03-01&to=2026-03-31')) as {
      cases: { user: string; person: string; reasons: string[] }[];
    };
    const theirs = cases.find((each) => each.user.endsWith(':other-gp') && each.person === person);
    assert.deepEqual(theirs?.reasons, ['colleague', 'no relationship']);
  });

  test('opens nothing to a user whom the person blocked, and says no more than that nobody is there', async () => {
    const blocked = {
      kind: 'blocks-user',
      organisation: null,
      user: 'demonstration:two',
      project: null,
      from: 0,
      to: null,
    } as const;
    await db.transaction((tx) => state(tx, 'choice', home, blocked, saying));
    const two = await as('two');
    await two.send('PUT', '/api/session/role', { role: '2' });
    const answer = await two.send('POST', '/api/relationships/claims', { person, reason: 'I want to know' });
    assert.equal(answer.status, 404);
  });
});

const why = async (who: string) => (await as(who)).getOnly(`/api/why/people/${person}`);

describe('Why a record is open', () => {
  test('is told with what the rules keep back, and the answer is the same whatever is hidden', async () => {
    const first = await (await why('gp')).text();
    assert.match(first, /registered with you, since/);
    await services.store.write(
      [
        {
          kind: 'put',
          type: 'Condition',
          id: 'hidden',
          resource: {
            resourceType: 'Condition',
            id: 'hidden',
            subject: { reference: 'Patient/ada' },
            code: { text: 'Hidden' },
          },
        },
      ],
      { source: 'urn:openics:source:clear-water', channel: 'import', agent: 'test' },
    );
    const locked = {
      level: 'locked',
      resourceType: 'Condition',
      resourceId: 'hidden',
      organisation: await organisation('clear-water'),
      team: null,
      from: 0,
      to: null,
    } as const;
    await db.transaction((tx) => state(tx, 'seal', home, locked, saying));
    assert.equal(await (await why('gp')).text(), first);
  });

  test('is not told to who may not open it, and looks as if nobody were there', async () => {
    const [closed, nobody] = [
      await why('housing'),
      await (await as('housing')).getOnly('/api/why/people/00000000-0000-4000-8000-000000000000'),
    ];
    assert.deepEqual([closed.status, nobody.status], [404, 404]);
  });
});

type Visits = { mustSignInAgain: boolean; visits: { id: string; isThis: boolean }[] };
const beginAt = (session: string, begun: Date) =>
  db.query('update access.session set begun = $2 where session_id = $1', [session, begun]);

describe('My visits', () => {
  test('are listed, and one ended elsewhere is over at once, while nobody ends that of another', async () => {
    const [here, there] = [await as('housing'), await as('housing')];
    const mine = (await here.json('/api/visits')) as unknown as Visits;
    const other = mine.visits.find(({ isThis }) => !isThis)!;
    const stranger = await as('gp');
    assert.equal((await stranger.send('DELETE', `/api/visits/${other.id}`)).status, 404);
    for (const { id, isThis } of mine.visits)
      if (!isThis) assert.equal((await here.send('DELETE', `/api/visits/${id}`)).status, 204);
    assert.equal((await there.getOnly('/api/visits')).status, 401);
    const left = (await here.json('/api/visits')) as unknown as Visits;
    assert.deepEqual(
      left.visits.map(({ isThis }) => isThis),
      [true],
    );
  });

  test('are ended only by who signed in a short while ago', async () => {
    const [here] = [await as('admin'), await as('admin')];
    const { visits } = (await here.json('/api/visits')) as unknown as Visits;
    const [mine, other] = [visits.find(({ isThis }) => isThis)!, visits.find(({ isThis }) => !isThis)!];
    await beginAt(mine.id, new Date(now.getTime() - 15 * 60_000));
    await new Promise((resolve) => setTimeout(resolve, 600));
    const refused = await here.send('DELETE', `/api/visits/${other.id}`);
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /sign-in\/sign-in-again/);
    const again = await here.getOnly('/sign-in/start?provider=demonstration&to=/visits&again=true');
    assert.match(again.headers.get('location') ?? '', /prompt=login/);
  });
});
