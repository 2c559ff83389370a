import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endFact, putAgreement, rulesNow, state } from '../access/index.ts';
import { now, serveSignedIn } from './served.fixture.ts';

const { services, log, as, ada: behind, registerAda } = await serveSignedIn();
const { db } = services;
const ada = behind.person;
await registerAda();

const [gp, other, privacy, resident] = [
  await as('gp'),
  await as('other-gp'),
  await as('privacy'),
  await as('ada'),
];
const saying = () => ({ by: 'test', at: services.clock() });
const days = 'from=2026-03-01&to=2026-03-31';

const asthma = '/fhir/Condition/asthma';
const reason = 'Unconscious in the waiting room';

test('why something may be seen, or not, is told in words', async () => {
  const may = await gp.json('/api/why?type=Condition&id=asthma');
  assert.equal(may['effect'], 'permit');
  assert.match(JSON.stringify(may['reasons']), /registered with you, since/);
  const not = await other.json('/api/why?type=Condition&id=asthma');
  assert.equal(not['effect'], 'break-glass');
  assert.match(JSON.stringify(not['reasons']), /Nothing shows that the person is in the care/);
  assert.equal((await gp.getOnly('/api/why?type=Condition&id=none')).status, 404);
});

test('where nothing more would be opened, or the role may not, no glass is broken', async () => {
  const housing = await as('housing');
  const refused = await housing.send('POST', '/api/glass', { person: ada, reason });
  assert.equal(refused.status, 403);
  const nobody = await gp.send('POST', '/api/glass', {
    person: '0198a000-0000-7000-8000-00000000000a',
    reason,
  });
  assert.equal(nobody.status, 404);
  assert.equal((await resident.send('POST', '/api/glass', { person: ada, reason })).status, 403);
  assert.deepEqual(await db.query('select 1 from access.glass'), []);
});

test('a glass that is broken opens one record for an hour, with a reason, and is told to officer and person', async () => {
  assert.equal((await other.getOnly(asthma)).status, 403);
  const broken = await other.send('POST', '/api/glass', { person: ada, reason });
  assert.equal(broken.status, 201, await broken.clone().text());
  const { since, until } = (await broken.json()) as { since: string; until: string };
  assert.equal(Date.parse(until) - Date.parse(since), 3_600_000);
  assert.equal((await other.getOnly(asthma)).status, 200);
  assert.equal(((await other.json('/api/glass'))['open'] as unknown[]).length, 1);
  const { notices } = (await resident.json('/api/mine/notices')) as { notices: { reason: string }[] };
  assert.deepEqual(
    notices.map((each) => each.reason),
    [reason],
  );
  await log.placeAll();
  const found = await privacy.json(`/api/privacy/events?kind=break-glass&person=${ada}`);
  assert.equal(found['total'], 1);
  assert.match(JSON.stringify(found['lines']), /Unconscious in the waiting room.*/);
});

type Uses = {
  waiting: number;
  uses: { id: string; user: string; personName: string | null; openedInAll: number; mayReview: boolean }[];
};

test('every use waits for a review that says what was opened, by somebody else than who broke it', async () => {
  await log.placeAll();
  const before = (await privacy.json('/api/privacy/glass')) as unknown as Uses;
  assert.equal(before.waiting, 1);
  const [use] = before.uses;
  assert.partialDeepStrictEqual(use, {
    user: 'demonstration:other-gp',
    mayReview: true,
    personName: 'Ada Okafor',
  });
  assert.ok(use!.openedInAll >= 2, 'the glass and the condition');
  assert.equal((await other.getOnly('/api/privacy/glass')).status, 403);
  const reviewed = { outcome: 'justified', reason: 'The ambulance sheet says the same' };
  const address = `/api/privacy/glass/${use!.id}/review`;
  assert.equal((await privacy.send('POST', address, reviewed)).status, 200);
  assert.equal((await privacy.send('POST', address, reviewed)).status, 409);
  assert.equal(((await privacy.json('/api/privacy/glass')) as unknown as Uses).waiting, 0);
  assert.equal(((await privacy.json('/api/privacy/glass?waiting=false')) as unknown as Uses).uses.length, 1);
});

test('the person is told later where a safeguarding reason is recorded, and never without one', async () => {
  const [use] = ((await privacy.json('/api/privacy/glass?waiting=false')) as unknown as Uses).uses;
  const address = `/api/privacy/glass/${use!.id}/delay`;
  assert.equal((await privacy.send('POST', address, { reason: ' ' })).status, 400);
  assert.equal(
    (await privacy.send('POST', address, { reason: 'Somebody at home reads her letters' })).status,
    200,
  );
  assert.deepEqual((await resident.json('/api/mine/notices'))['notices'], []);
});

test('while notice is delayed, neither the person’s list nor its proof tells of the use or of the delay', async () => {
  await log.placeAll();
  const list = await resident.json('/api/mine/who-looked');
  const told = JSON.stringify(list);
  assert.doesNotMatch(told, /Unconscious|Somebody at home|"isEmergency":true/);
  assert.partialDeepStrictEqual(list, { headline: { emergencies: 0 } });
  const [own] = list['lists'] as string[];
  assert.equal((await resident.getOnly(`/api/mine/who-looked/proof/${own}`)).status, 409);
});

test('the safeguarding reason is for officers, and never on the person’s list', async () => {
  const { lines } = (await privacy.json(`/api/privacy/events?kind=decision&person=${ada}`)) as unknown as {
    lines: { rule: string; reason: string | null }[];
  };
  const [delayed] = lines.filter(({ rule }) => rule === 'delay-notice');
  assert.partialDeepStrictEqual(delayed, { reason: null });
});

test('whoever broke a glass neither reviews it nor delays its notice in another role, and it is not made to wait by asking again', async () => {
  const both = await as('both');
  await both.send('PUT', '/api/session/role', { role: '1' });
  const broken = await both.send('POST', '/api/glass', { person: ada, reason: 'Found on the floor' });
  assert.equal(broken.status, 201, await broken.clone().text());
  await both.send('PUT', '/api/session/role', { role: '2' });
  const { uses } = (await both.json('/api/privacy/glass')) as unknown as Uses;
  const own = uses.find(({ user }) => user === 'demonstration:both')!;
  for (const [act, body] of [
    ['review', { outcome: 'justified', reason: 'It was me' }],
    ['delay', { reason: 'So that she does not hear of me' }],
  ] as const) {
    const refused = await both.send('POST', `/api/privacy/glass/${own.id}/${act}`, body);
    assert.deepEqual(
      [refused.status, ((await refused.json()) as { code: string }).code],
      [403, 'privacy/own-glass'],
    );
  }
  await both.send('PUT', '/api/session/role', { role: '1' });
  assert.equal((await both.send('DELETE', `/api/glass/${ada}`)).status, 200);
  const review = { outcome: 'justified', reason: 'Seen' };
  assert.equal((await privacy.send('POST', `/api/privacy/glass/${own.id}/review`, review)).status, 200);
  const [delay] = await db.query<{ same: boolean }>(
    `select d.valid_from = g.valid_from as same
     from access.recorded_decision d
     join access.glass g on g.patient_id = d.patient_id
     where d.kind = 'delay-notice'
       and g.user_id = 'demonstration:other-gp'`,
  );
  assert.deepEqual(delay, { same: true });
});

test('a use of a glass on an officer’s own record, or of who closed it to them, is not theirs to count, see or decide on', async () => {
  const { uses, ...counts } = (await privacy.json('/api/privacy/glass?waiting=false')) as unknown as Uses & {
    all: number;
  };
  assert.ok(counts.all >= 2);
  const facts = {
    kind: 'blocks-user',
    user: 'demonstration:privacy',
    organisation: null,
    project: null,
    from: now.getTime(),
    to: null,
  } as const;
  const choice = await db.transaction((tx) => state(tx, 'choice', behind.patientId, facts, saying()));
  const closed = (await privacy.json('/api/privacy/glass?waiting=false')) as unknown as Uses;
  assert.deepEqual(closed, { uses: [], all: 0, waiting: 0 });
  const review = { outcome: 'justified', reason: 'Seen' };
  const asked = await privacy.send('POST', `/api/privacy/glass/${uses[0]!.id}/review`, review);
  assert.equal(asked.status, 404);
  await db.transaction((tx) => endFact(tx, 'choice', behind.patientId, choice, services.clock(), saying()));
});

test('a use by staff of an organisation whose accesses an officer may not check is not there for them', async () => {
  const [kept] = (await rulesNow(db)).agreements;
  const without = { ...kept!, purposes: kept!.purposes.filter((purpose) => purpose !== 'HCOMPL') };
  await db.transaction((tx) => putAgreement(tx, without, saying()));
  const foreign = (await privacy.json('/api/privacy/glass?waiting=false')) as unknown as Uses;
  assert.deepEqual(foreign, { uses: [], all: 0, waiting: 0 });
  await db.transaction((tx) => putAgreement(tx, kept!, saying()));
  const again = (await privacy.json('/api/privacy/glass?waiting=false')) as unknown as Uses;
  assert.ok(again.uses.length >= 2);
});

test('a glass that is closed early opens nothing any more', async () => {
  assert.equal((await other.getOnly(asthma)).status, 200);
  assert.deepEqual(await (await other.send('DELETE', `/api/glass/${ada}`)).json(), { closed: 1 });
  assert.equal((await other.getOnly(asthma)).status, 403);
  assert.deepEqual((await other.json('/api/glass'))['open'], []);
});

test('the officer finds accesses by what they ask, with exact totals over all pages, and is on record too', async () => {
  for (let i = 0; i < 5; i++) assert.equal((await gp.getOnly(asthma)).status, 200);
  await log.placeAll();
  const asked = `user=demonstration:gp&kind=read&person=${ada}&${days}&count=2`;
  const seqs: number[] = [];
  let total = 0;
  for (let next: number | null | undefined; next !== null;) {
    const page = (await privacy.json(
      `/api/privacy/events?${asked}${next === undefined ? '' : `&before=${next}`}`,
    )) as unknown as { total: number; next: number | null; lines: { seq: number }[] };
    total = page.total;
    seqs.push(...page.lines.map(({ seq }) => seq));
    next = page.next;
  }
  assert.equal(new Set(seqs).size, seqs.length);
  assert.equal(seqs.length, total);
  assert.ok(total >= 5);
  assert.equal((await privacy.json('/api/privacy/events?from=2026-04-01&to=2026-04-02'))['total'], 0);
  assert.equal((await privacy.getOnly('/api/privacy/events?from=2026-02-30')).status, 400);
  await log.placeAll();
  const looks = await privacy.json(`/api/privacy/events?user=demonstration:privacy&kind=search`);
  assert.ok(Number(looks['total']) >= 4);
});

test('the officer finds whom a complaint is about by number and date of birth, and nobody else does', async () => {
  const pair = { nhsNumber: '9990000018', born: '1950-03-01' };
  const found = await privacy.send('POST', '/api/privacy/people', pair);
  assert.deepEqual([found.status, await found.json()], [200, { person: ada }]);
  const wrong = await privacy.send('POST', '/api/privacy/people', { ...pair, born: '1950-03-02' });
  assert.deepEqual(
    [wrong.status, ((await wrong.json()) as { code: string }).code],
    [404, 'privacy/nobody-known'],
  );
  assert.equal((await gp.send('POST', '/api/privacy/people', pair)).status, 403);
  await log.placeAll();
  const { lines } = (await privacy.json(
    `/api/privacy/events?user=demonstration:privacy&person=${ada}`,
  )) as unknown as { lines: { kind: string; outcome: string; resource: string }[] };
  const ofFinding = lines.filter(({ resource }) => resource === 'Patient');
  assert.deepEqual(
    ofFinding.map(({ kind, outcome }) => `${kind} ${outcome}`),
    ['search permitted'],
  );
});

test('looking without a relationship at somebody is odd only with more; the case keeps what was done', async () => {
  const found = (await privacy.json(`/api/privacy/odd?${days}`)) as unknown as {
    accesses: number;
    cases: { user: string; reasons: string[] }[];
  };
  assert.ok(found.accesses > 5);
  assert.ok(!found.cases.some(({ user }) => user === 'demonstration:gp'));
  const note = {
    user: 'demonstration:other-gp',
    person: ada,
    upTo: 9,
    state: 'asked',
    note: 'Written to the practice',
  };
  assert.equal((await privacy.send('POST', '/api/privacy/odd', note)).status, 200);
  assert.equal((await gp.send('POST', '/api/privacy/odd', note)).status, 403);
});

test('who could see a person today: by rule, in counts, with what is open to whom', async () => {
  const report = (await privacy.json(`/api/privacy/who-could-see/${ada}`)) as unknown as {
    users: number;
    open: number;
    breakable: number;
    lines: { organisation: string; effects: string[]; why: string | null }[];
    columns: { name: string }[];
  };
  const effect = (organisationName: RegExp, column: string) =>
    report.lines
      .filter(({ organisation: name }) => organisationName.test(name))
      .map(({ effects }) => effects[report.columns.findIndex(({ name }) => name === column)]);
  assert.ok(effect(/Harbour/, 'conditions').includes('permit'));
  assert.deepEqual([...new Set(effect(/Warren/, 'conditions'))], ['break-glass']);
  assert.ok(report.open >= 1 && report.breakable >= 1);
  assert.equal((await gp.getOnly(`/api/privacy/who-could-see/${ada}`)).status, 403);
});

test('the policy, its versions and the agreements can be read by all, and the register as a sheet', async () => {
  const all = (await gp.json('/api/policy')) as unknown as {
    agreements: { name: string; inForce: boolean; parties: string[] }[];
    unconfirmed: unknown[];
  };
  assert.partialDeepStrictEqual(all.agreements, [{ name: 'Marram Shared Care Record', inForce: true }]);
  assert.ok(all.unconfirmed.length > 10);
  const sheet = await gp.getOnly('/api/policy/register.csv');
  assert.match(sheet.headers.get('content-type') ?? '', /text\/csv/);
  const lines = (await sheet.text()).trimEnd().split('\r\n');
  assert.equal(lines.length, 2);
  assert.match(lines[1]!, /^Marram Shared Care Record,/);
});

test('what waits for an officer is counted on their first page, with nobody named, and is for nobody else', async () => {
  assert.equal((await resident.send('POST', '/api/mine/questions', { says: 'Who is Olga?' })).status, 201);
  assert.equal((await resident.send('POST', '/api/mine/copies')).status, 201);
  const asked = await privacy.json('/api/privacy/asked');
  assert.partialDeepStrictEqual(asked, {
    questions: { waiting: 1 },
    corrections: { waiting: 0, due: null },
    copies: { waiting: 1 },
  });
  assert.doesNotMatch(JSON.stringify(asked), new RegExp(ada));
  const broken = await other.send('POST', '/api/glass', { person: ada, reason });
  assert.equal(broken.status, 201, await broken.text());
  const waiting = await privacy.json('/api/privacy/waiting');
  assert.partialDeepStrictEqual(waiting, { glasses: 1, day: '2026-03-02' });
  assert.equal(typeof waiting['odd'], 'number');
  for (const path of ['asked', 'waiting'])
    assert.equal((await gp.getOnly(`/api/privacy/${path}`)).status, 403);
});
