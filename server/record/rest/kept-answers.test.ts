import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { databaseAddress } from '../../../test/support/database.ts';
import { openDb, type Db } from '../../platform/db/index.ts';
import { testServer } from './test-server.ts';

// Two servers on one database: one keeps answers, the other writes and keeps none.
const keeping = await testServer();
const other = await testServer({ keepBytes: 0 }, keeping.db);

const observation = (id: string, patient: string, code: string, encounter: string | undefined) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: `Patient/${patient}` },
  performer: [{ reference: 'Practitioner/nurse' }],
  effectiveDateTime: '2026-01-10',
  ...(encounter !== undefined && { encounter: { reference: `Encounter/${encounter}` } }),
});

const encounter = (id: string, patient: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${patient}` },
  serviceProvider: { reference: 'Organization/surgery' },
});

const patients = fc.constantFrom('ida', 'tom');
const change = fc.oneof(
  fc
    .record({
      id: fc.constantFrom('o1', 'o2', 'o3'),
      patient: patients,
      code: fc.constantFrom('8302-2', '8867-4'),
      encounter: fc.constantFrom('e1', 'e2', undefined),
    })
    .map(({ id, patient, code, encounter: at }) => observation(id, patient, code, at)),
  fc.tuple(fc.constantFrom('e1', 'e2'), patients).map(([id, patient]) => encounter(id, patient)),
  fc.record({ minutes: fc.nat({ max: 3 }), who: fc.subarray(['ida', 'tom'], { minLength: 1 }) }).map((a) => ({
    resourceType: 'Appointment',
    id: 'a1',
    status: 'proposed',
    minutesDuration: a.minutes + 1,
    participant: a.who.map((id) => ({ actor: { reference: `Patient/${id}` }, status: 'accepted' })),
  })),
  fc
    .constantFrom('a', 'b')
    .map((name) => ({ resourceType: 'Practitioner', id: 'nurse', name: [{ family: name }] })),
  fc.constantFrom('a', 'b').map((name) => ({ resourceType: 'Organization', id: 'surgery', name })),
  patients.map((id) => ({ resourceType: 'Patient', id, gender: 'female' })),
);
const removal = fc.constantFrom('Observation/o1', 'Encounter/e1', 'Appointment/a1', 'Practitioner/nurse');
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: change }, removal), { minLength: 1, maxLength: 25 });

const questions = [
  'Patient/ida/$everything',
  'Patient/tom/$everything?_count=2',
  'Observation?patient=ida',
  'Observation?subject=Patient/tom&code=8302-2&_sort=-date&_count=1',
  'Observation?patient=ida&_include=Observation:performer&_include=Observation:encounter',
  'Encounter?patient=ida&_include=Encounter:service-provider&_revinclude=Observation:encounter',
  'Patient/ida/Observation',
  'Patient/ida/*?_count=5',
  'Observation?patient=ida&encounter=Encounter/e1',
  'Observation?patient=ida&performer:Practitioner.name=a',
  'Observation?patient=ida&_summary=count',
  'Appointment?patient=ida',
  'Observation/o1',
  'Patient?gender=female',
  'Observation?code=8302-2&_total=accurate',
  'Observation?patient.gender=female',
  'Observation?performer:Practitioner.name=b',
  'Patient?_has:Observation:patient:code=8302-2',
];

/** What a Bundle tells, without what is new in each one. */
const told = (text: string): unknown => {
  const answer = JSON.parse(text) as Record<string, unknown>;
  const { id: _id, meta: _meta, link, ...rest } = answer;
  return answer['resourceType'] !== 'Bundle'
    ? answer
    : { ...rest, link: JSON.stringify(link).replace(/127\.0\.0\.1:\d+/g, 'host') };
};

/** The same address in the entries of both servers. */
const compared = (text: string): unknown => told(text.replace(/127\.0\.0\.1:\d+/g, 'host'));

test('an answer that is kept is never older than the record, whichever process wrote to it', async () => {
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (made) => {
      for (const step of made) {
        const [method, address, body] =
          typeof step === 'string'
            ? (['DELETE', step, undefined] as const)
            : (['PUT', `${step.resourceType}/${step.id}`, step] as const);
        assert.ok((await other.send(method, address, body)).status < 300);
        for (const question of questions) {
          const [first, again, fresh] = await Promise.all(
            [keeping, keeping, other].map((server) => server.send('GET', question)),
          );
          assert.equal(first!.status, fresh!.status, question);
          if (fresh!.status !== 200) continue;
          assert.deepEqual(compared(first!.text), compared(fresh!.text), question);
          assert.deepEqual(compared(again!.text), compared(fresh!.text), question);
          const later = await keeping.send('GET', question);
          assert.deepEqual(compared(later.text), compared(fresh!.text), question);
          if (later.text === (await keeping.send('GET', question)).text) kept++;
        }
      }
    }),
    { numRuns: 6 },
  );
  assert.ok(kept > 100, `${kept} answers were sent again`);
});

test('what another process has written is in the next answer, whatever is kept', async (t) => {
  const { url } = await databaseAddress(t);
  const open = (): Promise<Db> => openDb({ connection: { connectionString: url } });
  const [ours, theirs] = [await open(), await open()];
  const [here, there] = [await testServer({}, ours), await testServer({}, theirs)];
  t.after(() => Promise.all([ours.close(), theirs.close()]));
  const asked = ['Patient/mia', 'Patient?gender=female&_total=accurate', 'Patient/mia/$everything'];
  const answers = (): Promise<unknown[]> =>
    Promise.all(asked.map(async (question) => compared((await here.send('GET', question)).text)));
  for (let round = 0; round < 3; round++) {
    const mia = {
      resourceType: 'Patient',
      id: 'mia',
      gender: 'female',
      name: [{ family: `Round ${round}` }],
    };
    assert.ok((await there.send('PUT', 'Patient/mia', mia)).status < 300);
    const now = await answers();
    for (const answer of now) assert.match(JSON.stringify(answer), new RegExp(`Round ${round}`));
    if (!ours.distributed) await until(() => ours.lease.mark() !== undefined);
    assert.deepEqual(await answers(), now);
    const [first, again] = [await here.send('GET', asked[1]!), await here.send('GET', asked[1]!)];
    if (!ours.distributed) assert.equal(first.text, again.text, 'the kept answer was sent again');
  }
});

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!isSo()) {
    assert.ok(performance.now() < end, 'it came to be in time');
    await pause(20);
  }
}

test('an answer kept as JSON does not stand in the way of XML or of a batch', async () => {
  await other.send('PUT', 'Patient/eva', { resourceType: 'Patient', id: 'eva', gender: 'female' });
  for (const _ of [1, 2, 3]) await keeping.send('GET', 'Patient/eva/$everything');
  const xml = await keeping.send('GET', 'Patient/eva/$everything?_format=xml');
  assert.match(xml.text, /^<\?xml|^<Bundle/);
  const accepted = await keeping.send('GET', 'Patient/eva/$everything', undefined, {
    accept: 'application/fhir+xml',
  });
  assert.match(accepted.text, /<gender value="female"\/>/);
  const batch = await keeping.send('POST', '', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method: 'GET', url: 'Patient/eva/$everything' } }],
  });
  assert.equal(batch.body.entry[0].resource.entry[0].resource.id, 'eva');
});
