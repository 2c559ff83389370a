import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { changePost, endFact, openDesk } from '../access/index.ts';
import { searchEvents, type EventRow } from '../audit/index.ts';
import { adt } from '../../test/support/hl7-samples.ts';
import { now, serveSignedIn } from './served.fixture.ts';

const { base, services, owner, log, as, nobody, ada: behind, registerAda } = await serveSignedIn();
const { db } = services;
const saying = () => ({ by: 'test', at: services.clock() });
const { person: ada, patientId: adaPatient } = behind;
const atHarbour = await registerAda();

/** The newest event of a user that fits, once it has its place in the log. */
async function eventOf(user: string, fits: (event: EventRow['event']) => boolean): Promise<EventRow> {
  for (let tries = 0; tries < 50; tries++) {
    await log.placeAll();
    const found = await searchEvents(db, { user: `demonstration:${user}`, limit: 100 });
    const event = found.find((row) => fits(row.event));
    if (event !== undefined) return event;
    await pause(100);
  }
  throw new Error(`No such event of ${user} came into the log.`);
}

/** What the user was called, from behind the commitment. */
const nameIn = ({ opened }: EventRow): unknown =>
  (JSON.parse(opened!.text) as { userName?: string }).userName;

test('whoever did not sign in is led to sign in by a page, and refused by the API with a way out', async () => {
  const visitor = nobody();
  const page = await visitor.getOnly('/people?place=x');
  assert.equal(page.status, 303);
  assert.equal(page.headers.get('location'), '/sign-in?to=%2Fpeople%3Fplace%3Dx');
  for (const url of ['/api/overview', '/fhir/Patient', `/api/people/${ada}/record`, '/api/system']) {
    const answer = await visitor.getOnly(url);
    assert.equal(answer.status, 401, url);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="OpenICS"');
    assert.match(await answer.text(), /not signed in/);
  }
  for (const url of ['/health', '/fhir/metadata', '/sign-in', '/audit/verifier.js'])
    assert.equal((await visitor.getOnly(url)).status, 200, url);
});

test('a GP opens the record of somebody registered there, and it is on her list before the answer leaves', async () => {
  const gp = await as('gp');
  const answer = await gp.getOnly('/fhir/Condition/asthma');
  assert.equal(answer.status, 200, await answer.clone().text());
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const found = await eventOf('gp', ({ kind }) => kind === 'read');
  assert.partialDeepStrictEqual(found.event, {
    kind: 'read',
    outcome: 'permitted',
    person: ada,
    resource: 'Condition',
    purpose: 'TREAT',
    role: 'R0260',
    rule: 'care',
  });
  assert.equal(nameIn(found), 'Gita Gp');
  const view = await gp.getOnly(`/api/people/${ada}/record`);
  assert.equal(view.status, 200);
});

test('a GP elsewhere is refused, told why and that the glass may be broken, and the attempt is on Ada’s list', async () => {
  const other = await as('other-gp');
  const answer = await other.getOnly('/fhir/Condition/asthma');
  assert.equal(answer.status, 403);
  const body = await answer.text();
  assert.match(body, /Nothing shows that the person is in the care of Warren Practice/);
  assert.doesNotMatch(body, /Asthma/);
  const last = await eventOf('other-gp', ({ kind }) => kind === 'read');
  assert.partialDeepStrictEqual(last.event, { outcome: 'refused', person: ada, rule: 'relationship' });
});

test('when the registration ends, the next request is refused', async () => {
  const gp = await as('gp');
  assert.equal((await gp.getOnly('/fhir/Condition/asthma')).status, 200);
  const ended = new Date(now.getTime() - 1000);
  await db.transaction((tx) => endFact(tx, 'relationship', adaPatient, atHarbour, ended, saying()));
  assert.equal((await gp.getOnly('/fhir/Condition/asthma')).status, 403);
  await registerAda('ZZ0001');
  assert.equal((await gp.getOnly('/fhir/Condition/asthma')).status, 200);
});

test('a leaver is cut off at the next request, though the provider would still let them in', async () => {
  const visitor = await as('gp');
  const at = now.getTime();
  const { posts } = await openDesk(db).knowMany({
    user: 'demonstration:gp',
    people: [],
    at,
    day: '2026-03-02',
  });
  const leaves = (to: number | null) =>
    db.transaction((tx) =>
      changePost(tx, posts[0]!.id, { to }, { by: 'staff-office', at: services.clock() }),
    );
  await leaves(services.clock().getTime());
  const answer = await visitor.getOnly('/fhir/Condition/asthma');
  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /Your role is not in force/);
  const again = await as('gp');
  assert.equal((await again.getOnly('/fhir/Condition/asthma')).status, 403);
  await leaves(null);
  assert.equal((await again.getOnly('/fhir/Condition/asthma')).status, 200);
});

test('somebody with two roles chooses first', async () => {
  const visitor = await as('two');
  assert.equal((await visitor.getOnly('/people')).headers.get('location'), '/sign-in/role?to=%2Fpeople');
  assert.equal((await visitor.getOnly('/fhir/Condition/asthma')).status, 403);
  await visitor.send('PUT', '/api/session/role', { role: '1' });
  assert.equal((await visitor.getOnly('/fhir/Condition/asthma')).status, 200);
  await visitor.send('PUT', '/api/session/role', { role: '2' });
  assert.equal((await visitor.getOnly('/fhir/Condition/asthma')).status, 403);
});

test('a resident sees their own record, and no part of OpenICS that is for staff', async () => {
  const resident = await as('ada');
  assert.equal((await resident.getOnly('/fhir/Condition/asthma')).status, 200);
  for (const url of ['/api/feeds', '/api/imports', '/api/identity/cases', `/api/audit/people/${ada}/proof`])
    assert.equal((await resident.getOnly(url)).status, 403, url);
});

test('parts of OpenICS are for the roles that the policy names', async () => {
  const [admin, privacy, gp] = [await as('admin'), await as('privacy'), await as('gp')];
  assert.equal((await admin.getOnly('/api/feeds')).status, 200);
  assert.equal((await admin.getOnly('/fhir/Condition/asthma')).status, 403);
  assert.equal((await privacy.getOnly(`/api/audit/people/${ada}/proof`)).status, 200);
  const refused = await gp.getOnly('/api/feeds');
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /Your role may not see this: what partners send/);
});

test('a purpose nobody has is refused, with those there are', async () => {
  const gp = await as('gp');
  const url = '/fhir/Condition/asthma';
  const answer = await fetch(`${base}${url}`, {
    headers: { cookie: gp.cookiesAt(url), 'purpose-of-use': 'PATRQT' },
  });
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /TREAT, ETREAT/);
});

test('signing in is on record, with who it was behind a commitment', async () => {
  await as('housing');
  const last = await eventOf('housing', ({ kind }) => kind === 'sign-in');
  assert.partialDeepStrictEqual(last.event, { outcome: 'permitted', rule: 'signed-in' });
  assert.equal(nameIn(last), 'Hal Homes');
});

test('nobody is shown anything that cannot be put on record', async () => {
  const gp = await as('gp');
  await owner.query('alter table audit.staged rename to staged_away');
  const answer = await gp.getOnly('/fhir/Condition/asthma');
  await owner.query('alter table audit.staged_away rename to staged');
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get('etag'), null);
  const body = await answer.text();
  assert.match(body, /could not be put on record, so nothing is shown/);
  assert.doesNotMatch(body, /Asthma|Okafor/);
  assert.equal((await gp.getOnly('/fhir/Condition/asthma')).status, 200);
});

test('the text of a message is shown to whoever may see all that it made, and is then on that person’s list', async () => {
  const pid =
    'PID|1||P7^^^ZZ0001^MR~9990000018^^^NHS^NH||OKAFOR^Ada||19500301|F|||9 Hidden Row^^Sandhythe^^ZZ1 1AA';
  const sent = async (facility: string): Promise<string> => {
    const { fate } = await services.feeds.take(adt({ event: 'A28', id: `${facility}-1`, facility, pid }));
    assert.equal(fate.state, 'stored');
    return `/api/feeds/messages/${fate.id}`;
  };
  const [own, foreign] = [await sent('ZZ0001'), await sent('RX1')];
  const records = await as('records');
  const shown = await records.getOnly(own);
  assert.equal(shown.status, 200, await shown.clone().text());
  assert.match(await shown.text(), /Hidden Row/);
  const event = await eventOf('records', ({ kind, person }) => kind === 'read' && person === ada);
  assert.equal(event.event.resource, 'Patient');
  const kept = await records.getOnly(foreign);
  assert.deepEqual([kept.status, (await kept.text()).includes('Hidden')], [403, false]);
});
