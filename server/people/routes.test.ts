import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { machineViewing } from '../access/index.ts';
import { Problem } from '../platform/errors.ts';
import { createHttp, type AccessDeclaration } from '../platform/http/index.ts';
import { decideDifferent, registerIdentity, type ObservedPatient } from './index.ts';
import { doings, id, ivo, minutes, rosa, tom, uma } from './made-up.fixture.ts';

const db = await database();
const clock = minutes();
const { observe, personOf, samePerson } = doings(db, clock);
const said = new Map<string, ObservedPatient>();
const asked: AccessDeclaration[] = [];
let refuse = false;
const app = createHttp({
  gate: async (request, access) => {
    request.viewing = machineViewing;
    asked.push(access);
    if (refuse) throw new Problem('access/refused', 403, 'You may not do this.');
  },
});
registerIdentity(app, {
  db,
  clock,
  readPatients: async (ids) => ids.flatMap((each) => said.get(each) ?? []),
});

async function write(n: number, patient: Omit<ObservedPatient, 'patientId'>): Promise<void> {
  said.set(id(n), { ...patient, patientId: id(n) });
  await observe({ ...patient, patientId: id(n) });
}

// Tests look into answers of many shapes; a wrong path gives undefined and fails the assertion.
// oxlint-disable-next-line typescript/no-explicit-any
type Body = any;

async function call(
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
): Promise<{ status: number; body: Body }> {
  const reply = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  return { status: reply.statusCode, body: reply.json<Body>() };
}

/** The open case about a patient, one reviewer's or two's as wanted. */
async function caseAbout(n: number, twice: boolean): Promise<string> {
  const [row] = await db.query<{ case_id: string }>(
    `update people.review set twice = $2 where patient_id = $1 and state = 'waiting' returning case_id`,
    [id(n), twice],
  );
  return row!.case_id;
}

const opinion = (reviewer: string, verdict: string, personId?: string) => ({
  reviewer,
  verdict,
  reason: 'Particulars agree',
  ...(personId === undefined ? {} : { personId }),
});

const doubtful = {
  ...rosa,
  birthDate: '1961-07-28',
  addresses: [{ postcode: 'ZZ9 9ZZ', lines: ['1 Far Way'] }],
  phones: [],
};

test('a doubtful record stands in the queue with its reasons; deciding joins it', async () => {
  await write(1, rosa);
  await write(2, doubtful);
  const list = await call('GET', '/api/identity/cases');
  assert.equal(list.body.cases.length, 1);
  assert.deepEqual(list.body.cases[0].patient.fields.name, ['Rosalind Mae Quarrington']);
  const caseId = await caseAbout(2, false);
  const { body } = await call('GET', `/api/identity/cases/${caseId}`);
  const [person] = body.people;
  const sum = person.evidence.contributions.reduce(
    (all: number, each: { weight: number }) => all + each.weight,
    person.evidence.prior,
  );
  assert.equal(sum, person.evidence.weight, 'what is shown adds up to the weight');
  assert.equal(person.agreements.birthDate, 'partly');
  const done = await call(
    'POST',
    `/api/identity/cases/${caseId}/opinions`,
    opinion('AB', 'same', person.personId),
  );
  assert.deepEqual(done.body, { state: 'same', next: null });
  assert.ok(await samePerson(1, 2));
});

test('a case that is closed takes no more opinions', async () => {
  const [row] = await db.query<{ case_id: string }>(`select case_id from people.review where state = 'same'`);
  const again = await call(
    'POST',
    `/api/identity/cases/${row!.case_id}/opinions`,
    opinion('CD', 'different'),
  );
  assert.deepEqual([again.status, again.body.code], [409, 'identity/case-closed']);
});

test('two reviewers do not see each other; when they differ a third decides', async () => {
  await write(3, { ...doubtful, given: ['Rosalind'], birthDate: '1961-07-29', addresses: [] });
  const caseId = await caseAbout(3, true);
  const address = `/api/identity/cases/${caseId}`;
  const { body } = await call('GET', address);
  const { personId } = body.people[0];
  await call('POST', `${address}/opinions`, opinion('AB', 'same', personId));
  const seen = await call('GET', address);
  assert.deepEqual(seen.body.opinions, [{ reviewer: 'AB' }]);
  assert.equal((await call('POST', `${address}/opinions`, opinion('AB', 'same', personId))).status, 409);
  const mine = await call('GET', '/api/identity/cases?reviewer=AB');
  assert.equal(mine.body.cases.length, 0, 'it is not offered to the same reviewer again');
  const second = await call('POST', `${address}/opinions`, opinion('CD', 'different'));
  assert.equal(second.body.state, 'disputed');
  const third = await call('POST', `${address}/opinions`, opinion('EF', 'different'));
  assert.equal(third.body.state, 'different');
  assert.equal(await samePerson(1, 3), false);
  const statistics = await call('GET', '/api/identity/cases/statistics');
  assert.deepEqual([statistics.body.twice.cases, statistics.body.twice.agreed], [1, 0]);
});

test('a changed identity is in the sealed queue alone', async () => {
  await write(10, { ...uma, nhsNumber: '9434765919' });
  await write(11, { ...uma, nhsNumber: '4010232137' });
  const caseId = await caseAbout(11, false);
  assert.equal((await call('GET', `/api/identity/cases/${caseId}`)).status, 404);
  assert.equal((await call('GET', '/api/identity/cases')).body.cases.length, 0);
  const [listed] = (await call('GET', '/api/identity/sealed')).body.cases;
  assert.deepEqual([listed.caseId, listed.patient, listed.likest], [caseId, null, null]);
  const closed = await call('GET', `/api/identity/sealed/${caseId}`);
  assert.deepEqual([closed.body.isShown, closed.body.patient, closed.body.people], [false, null, []]);
  assert.equal(asked.at(-1)?.resource, 'identity-sealed');
  const early = await call('POST', `/api/identity/sealed/${caseId}/opinions`, opinion('CG', 'different'));
  assert.equal(early.status, 409, 'nobody decides unseen');
  const why = { reviewer: 'CG', reason: 'Adoption told by the court' };
  const { look } = (await call('POST', `/api/identity/sealed/${caseId}/looks`, why)).body;
  const opened = await call('GET', `/api/identity/sealed/${caseId}?look=${look}&reviewer=CG`);
  assert.deepEqual(opened.body.patient.fields.nhsNumber, ['4010232137']);
  assert.equal(opened.body.people.length, 1);
  assert.deepEqual(
    opened.body.looks.map(({ reviewer, reason }: Body) => ({ reviewer, reason })),
    [why],
  );
  const another = await call('GET', `/api/identity/sealed/${caseId}?look=${look}&reviewer=DH`);
  assert.equal(another.body.isShown, false, 'a look is its own reviewer\u2019s');
  await call('POST', `/api/identity/sealed/${caseId}/opinions`, opinion('CG', 'different'));
  const person = (await call('GET', '/api/identity/sealed')).body;
  assert.equal(person.cases.length, 0);
  const [link] = await db.query<{ person_id: string }>(
    `select person_id from people.person_patient where patient_id = $1`,
    [id(10)],
  );
  const shown = await call('GET', `/api/identity/people/${link!.person_id}`);
  assert.deepEqual(shown.body.decisions, [], 'the sealed tie is not shown');
});

test('what is parted under seal leaves no way from the one person to the other', async () => {
  await write(14, { ...tom, source: 'urn:example:gp' });
  await write(15, { ...tom, source: 'urn:example:council' });
  assert.ok(await samePerson(14, 15));
  const decided = { by: 'CG', reason: 'Adoption', at: clock() };
  await db.transaction((tx) =>
    decideDifferent(tx, { patientId: id(15), otherIds: [id(14)], kind: 'sealed' }, decided),
  );
  for (const n of [14, 15]) {
    const personId = (await personOf(n))!;
    const { body } = await call('GET', `/api/identity/people/${personId}`);
    assert.deepEqual(
      body.history.filter((link: Body) => link.personId !== personId),
      [],
    );
  }
});

test('where a protected person lives is shown to no reviewer', async () => {
  await write(20, { ...ivo, restricted: true });
  const [link] = await db.query<{ person_id: string }>(
    `select person_id from people.person_patient where patient_id = $1`,
    [id(20)],
  );
  const { body } = await call('GET', `/api/identity/people/${link!.person_id}`);
  assert.equal(body.records[0].side.restricted, true);
  assert.deepEqual(body.records[0].side.fields.address, []);
  assert.doesNotMatch(JSON.stringify(body), /Green|ZZ7/);
});

test('merge, unlink and take back work by the address of the API, and the old person leads to the new', async () => {
  await write(30, tom);
  await write(31, { ...ivo, given: ['Otto'], family: ['Elsewhere'], birthDate: '1911-01-01', addresses: [] });
  const why = { reviewer: 'AB', reason: 'Confirmed' };
  const [before] = await db.query<{ person_id: string }>(
    `select person_id from people.person_patient where patient_id = $1`,
    [id(31)],
  );
  const merged = await call('POST', '/api/identity/merge', { patientId: id(31), otherId: id(30), ...why });
  assert.equal(merged.status, 200);
  const moved = await call('GET', `/api/identity/people/${before!.person_id}`);
  assert.deepEqual(moved.body, { movedTo: merged.body.personId });
  const back = await call('POST', '/api/identity/take-back', {
    patientId: id(31),
    decision: merged.body.decision,
    ...why,
  });
  assert.equal(back.body.personId, before!.person_id);
  const alone = await call('POST', '/api/identity/unlink', { patientId: id(31), ...why });
  assert.deepEqual([alone.status, alone.body.code], [409, 'identity/alone']);
  const replaced = await call('POST', '/api/identity/supersede', {
    losing: id(31),
    surviving: id(30),
    source: 'urn:example:trust',
    from: '2026-11-01T10:00:00Z',
  });
  assert.deepEqual([replaced.body.done, await samePerson(30, 31)], [true, true]);
});

test('a person that does not exist, and a form that lacks a reason, are refused in plain words', async () => {
  assert.equal((await call('GET', `/api/identity/people/${id(999)}`)).body.code, 'identity/no-such-person');
  assert.equal(
    (await call('POST', '/api/identity/unlink', { patientId: id(1), reviewer: 'AB' })).status,
    400,
  );
});

test('who may not look at identities may do nothing of this', async () => {
  refuse = true;
  const addresses = [
    ['GET', '/api/identity/cases', 'read identity'],
    ['GET', '/api/identity/cases/statistics', 'read identity'],
    ['GET', `/api/identity/cases/${id(1)}`, 'read identity'],
    ['POST', `/api/identity/cases/${id(1)}/opinions`, 'write identity'],
    ['GET', '/api/identity/sealed', 'read identity-sealed'],
    ['GET', `/api/identity/sealed/${id(1)}`, 'read identity-sealed'],
    ['POST', `/api/identity/sealed/${id(1)}/looks`, 'read identity-sealed'],
    ['POST', `/api/identity/sealed/${id(1)}/opinions`, 'write identity-sealed'],
    ['GET', `/api/identity/people/${id(1)}`, 'read identity'],
    ['POST', '/api/identity/merge', 'write identity'],
    ['POST', '/api/identity/unlink', 'write identity'],
    ['POST', '/api/identity/take-back', 'write identity'],
    ['POST', '/api/identity/supersede', 'write identity'],
    ['POST', '/api/identity/unsupersede', 'write identity'],
  ] as const;
  for (const [method, url, wanted] of addresses) {
    assert.equal((await call(method, url, method === 'POST' ? {} : undefined)).status, 403, url);
    assert.equal(`${asked.at(-1)?.action} ${asked.at(-1)?.resource}`, wanted);
  }
  refuse = false;
});
