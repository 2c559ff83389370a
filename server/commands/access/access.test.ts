import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { dataClasses } from '../../access/index.ts';
import { searchEvents } from '../../audit/index.ts';
import { personOfNumber } from '../../people/index.ts';
import { serveSignedIn } from '../../signed-in/served.fixture.ts';
import { openRecord } from '../on-record/index.ts';
import type { AccessOptions } from './asked.ts';
import { subjects } from './index.ts';

const { services, log, as, ada: behind, registerAda } = await serveSignedIn();
const { db, clock, store } = services;
const ada = behind.person;
await registerAda();
const ben = { resourceType: 'Patient', id: 'ben', birthDate: '1961-05-02', name: [{ family: 'Okafor' }] };
const number = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' };
const change = {
  kind: 'put',
  type: 'Patient',
  id: 'ben',
  resource: { ...ben, identifier: [number] },
} as const;
await store.write([change], { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' });
const bens = (await personOfNumber(db, '9990000026', '1961-05-02'))!.person;

const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-access-'));
after(() => rmSync(folder, { recursive: true }));
const asthma = '/fhir/Condition/asthma';

/** Runs the command in this process, and gives what it printed. */
async function said(t: TestContext, words: string, given: AccessOptions = {}): Promise<string> {
  const { mock } = t.mock.method(console, 'log', () => undefined);
  const [about = '', ...rest] = words.split(' ');
  const record = await openRecord(db, 'A. Registrar');
  assert.equal(await subjects[about]!({ db, clock, record, words: rest, given }), 0);
  const text = mock.calls.map((call) => call.arguments.join(' ')).join('\n');
  mock.restore();
  return text;
}

test('a leaver is out with their next request, and signing in again gives nothing back', async (t) => {
  const gp = await as('gp');
  assert.equal((await gp.getOnly(asthma)).status, 200);
  assert.match(await said(t, 'posts demonstration:gp'), /R0260.*said by provider:demonstration/);
  assert.match(await said(t, 'posts end demonstration:gp'), /1 post is ended/);
  const out = await gp.getOnly('/api/people/search');
  assert.ok(out.status >= 400);
  const refused = await gp.getOnly(asthma);
  assert.match(await refused.text(), /Your role is not in force/);
  assert.equal((await (await as('gp')).getOnly(asthma)).status, 403);
  const role = { role: 'R0260', organisation: 'ZZ0001' };
  assert.match(await said(t, 'posts give demonstration:gp', role), /holds R0260/);
  assert.equal((await (await as('gp')).getOnly(asthma)).status, 200);
  await assert.rejects(said(t, 'posts give demonstration:gp', { ...role, role: 'X' }), /No policy knows/);
});

test('a member of staff who is known as a person of the record does not open their own at work', async (t) => {
  const gp = await as('gp');
  assert.equal((await gp.getOnly(asthma)).status, 200);
  await said(t, 'posts name demonstration:gp', { person: ada });
  const own = await gp.getOnly(asthma);
  assert.deepEqual([own.status, /own record/i.test(await own.text())], [403, true]);
  await said(t, 'posts name demonstration:gp', { person: bens });
  assert.equal((await gp.getOnly(asthma)).status, 200);
});

test('a power of attorney opens a record in the own view until it is ended', async (t) => {
  const resident = await as('ben');
  const record = `/api/mine/for/${ada}/record`;
  assert.equal((await resident.getOnly(record)).status, 403);
  const acting = { proxy: bens, kind: 'attorney', reason: 'Sealed by the court, seen' };
  await assert.rejects(said(t, `acting add ${ada}`, { ...acting, kind: 'consented' }), /Say --kind: parent/);
  await said(t, `acting add ${ada}`, acting);
  assert.match(await said(t, `acting ${ada}`), new RegExp(`attorney +${bens}`));
  const before = (await resident.getOnly(record)).status;
  await said(t, `decisions add ${ada}`, { kind: 'lacks-capacity', reason: 'Assessed on the ward' });
  assert.match(await said(t, `decisions ${ada}`), /lacks-capacity.*Assessed on the ward/);
  assert.equal(before, 403, 'a power of attorney opens nothing while they can decide');
  assert.equal((await resident.getOnly(record)).status, 200);
  await said(t, `acting end ${ada}`, acting);
  assert.equal((await resident.getOnly(record)).status, 403);
  await said(t, `decisions end ${ada}`, { kind: 'lacks-capacity' });
  assert.match(await said(t, `decisions ${ada}`), /Nothing is recorded/);
});

const enquiries = () =>
  db.query(
    `select 1 from access.relationship
     where kind = 'safeguarding-enquiry' and recorded_to is null and valid_to is null`,
  );

test('a safeguarding enquiry is said by somebody, and ends', async (t) => {
  const enquiry = { kind: 'safeguarding-enquiry', organisation: 'ZZ0003', reason: 'Enquiry 12' };
  await said(t, `concerns add ${ada}`, enquiry);
  assert.equal((await enquiries()).length, 1);
  await said(t, `concerns end ${ada}`, enquiry);
  assert.equal((await enquiries()).length, 0);
  await assert.rejects(said(t, `concerns end ${ada}`, enquiry), /Nothing of that kind/);
});

test('what somebody chose on paper holds at once: whom they block finds nothing of them', async (t) => {
  const gp = await as('gp');
  const block = { kind: 'blocks-user', user: 'demonstration:gp', reason: 'Letter of 1 March' };
  assert.equal((await gp.getOnly(asthma)).status, 200);
  await assert.rejects(said(t, `choices add ${ada}`, { ...block, user: ' ' }), /Say --user/);
  await said(t, `choices add ${ada}`, block);
  assert.match(await said(t, `choices ${ada}`), /blocks-user .*demonstration:gp/);
  assert.equal((await gp.getOnly(asthma)).status, 404);
  await said(t, `choices end ${ada}`, block);
  assert.equal((await gp.getOnly(asthma)).status, 200);
  const objects = { kind: 'objects-to-sharing', reason: 'By telephone' };
  await said(t, `choices add ${ada}`, objects);
  const { choices } = (await (await as('ada')).json('/api/mine/choices')) as { choices: { kind: string }[] };
  assert.deepEqual(
    choices.map(({ kind }) => kind),
    ['objects-to-sharing'],
  );
  await said(t, `choices end ${ada}`, objects);
});

test('an agreement that ends closes what others hold at once; one that is signed opens it', async (t) => {
  assert.match(await said(t, 'agreements'), /shared-care +in force/);
  await registerAda('ZZ0003');
  const other = await as('other-gp');
  assert.equal((await other.getOnly(asthma)).status, 200);
  const [kept] = await db.query<{ body: string }>(
    'select body from access.agreement where recorded_to is null',
  );
  assert.match(await said(t, 'agreements end shared-care', { to: '2026-03-02' }), /before 2026-03-02/);
  assert.equal((await other.getOnly(asthma)).status, 403);
  const file = path.join(folder, 'agreement.json');
  writeFileSync(file, kept!.body);
  await said(t, `agreements sign ${file}`);
  assert.equal((await other.getOnly(asthma)).status, 200);
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(kept!.body) as object), classes: ['gossip'] }));
  await assert.rejects(said(t, `agreements sign ${file}`), /agreement cannot be used: \/classes/);
});

test('a policy is written out, changed, loaded as a version of its own, and holds from its first day', async (t) => {
  const file = path.join(folder, 'policy.json');
  await said(t, `policy write ${file}`);
  const policy = JSON.parse(readFileSync(file, 'utf8')) as { refusals: { id: string }[]; from: string };
  await assert.rejects(said(t, `policy load ${file}`), /is a version .* already/);
  assert.ok(policy.refusals.length > 10 && dataClasses.length > 10);
  writeFileSync(file, JSON.stringify({ ...policy, version: 'marram-1', from: '2026-03-01' }));
  await said(t, `policy load ${file}`);
  assert.match(await said(t, 'policy'), /marram-1 +from 2026-03-01 +in force/);
  writeFileSync(file, JSON.stringify({ ...policy, version: 'marram-2', needs: [] }));
  await assert.rejects(said(t, `policy load ${file}`), /The policy cannot be used/);
});

test('each of these is in the audit log, of the account that did it', async () => {
  // The application places events too, so it may be under way.
  do await log.placeAll();
  while ((await log.state()).waitingRows > 0);
  const events = await searchEvents(db, { user: `account:${os.userInfo().username}`, limit: 100 });
  const rules = events.map(({ event }) => event.rule ?? '');
  for (const rule of [
    'post-ended',
    'post-given',
    'post-named',
    'acts-as-attorney',
    'proxy-ended',
    'lacks-capacity',
    'safeguarding-enquiry',
    'kept',
  ])
    assert.ok(rules.includes(rule), `${rule} is not among ${rules.join()}`);
});

test('what is not known is refused, in words', async (t) => {
  const asked = { proxy: bens, kind: 'parent', reason: 'x' };
  await assert.rejects(said(t, 'acting add 0198a000-0000-7000-8000-00000000000a', asked), /no such person/);
  await assert.rejects(said(t, 'acting add 9990000018', asked), /no such person/);
  await assert.rejects(said(t, `acting add ${ada}`, { ...asked, to: '2001-01-01' }), /end before it begins/);
  await assert.rejects(said(t, `decisions add ${ada}`, { kind: 'delay-notice', reason: 'x' }), /Say --kind/);
  await assert.rejects(said(t, 'posts end nobody:1'), /holds nothing/);
  await assert.rejects(said(t, 'concerns'), /Say add or end/);
  await assert.rejects(said(t, 'acting'), /Say PERSON/);
  await assert.rejects(said(t, 'posts give'), /Say USER/);
});
