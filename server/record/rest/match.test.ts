import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const server = await testServer();

const known = {
  resourceType: 'Patient',
  id: 'rosalind',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }],
  name: [{ family: 'Quarrington', given: ['Rosalind'] }],
  birthDate: '1961-07-23',
  gender: 'female',
  address: [{ use: 'home', line: ['14 Tanner Row'], city: 'Millbeck', postalCode: 'ZZ3 4QT' }],
};
const hidden = {
  resourceType: 'Patient',
  id: 'hidden',
  gender: 'female',
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
  name: [{ family: 'Featherstone', given: ['Imogen'] }],
  birthDate: '1990-04-04',
  address: [{ use: 'home', line: ['5 Secret Close'], city: 'Elsewhere', postalCode: 'ZZ7 7ZZ' }],
};
for (const patient of [known, hidden]) {
  const { status } = await server.send('PUT', `Patient/${patient.id}`, patient);
  assert.equal(status, 201);
}

const match = (resource: object, more: object[] = []) =>
  server.send('POST', 'Patient/$match', {
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...resource } }, ...more],
  });

test('the NHS number with the birth date finds the patient for certain', async () => {
  const { status, body } = await match({ identifier: known.identifier, birthDate: known.birthDate });
  assert.equal(status, 200);
  assert.deepEqual([body.type, body.total], ['searchset', 1]);
  const [entry] = body.entry;
  assert.equal(entry.resource.id, 'rosalind');
  assert.equal(entry.fullUrl, `${server.url}/Patient/rosalind`);
  assert.deepEqual(entry.search.extension, [
    { url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode: 'certain' },
  ]);
  assert.ok(entry.search.score > 0.5 && entry.search.score <= 1);
});

test('less than is sure is possible, and left out when only certain matches are wanted', async () => {
  const some = {
    name: [{ family: 'Quarrington', given: ['Rose'] }],
    birthDate: '1961-07-28',
    gender: 'female',
  };
  const { body } = await match({ ...some, address: [{ city: 'Millbeck', postalCode: 'ZZ3 9AA' }] });
  assert.deepEqual(
    body.entry.map(
      (each: { search: { extension: { valueCode: string }[] } }) => each.search.extension[0]?.valueCode,
    ),
    ['possible'],
  );
  const certain = await match(some, [{ name: 'onlyCertainMatches', valueBoolean: true }]);
  assert.deepEqual([certain.body.total, certain.body.entry], [0, undefined]);
});

test('nobody can find out by asking where a protected person lives', async () => {
  const name = { name: hidden.name, birthDate: hidden.birthDate, gender: 'female' };
  const plain = await match(name);
  const asked = await match({ ...name, address: hidden.address });
  const wrong = await match({ ...name, address: known.address });
  const told = ({ body }: typeof plain) =>
    (body.entry ?? []).map(({ search }: { search: object }) => JSON.stringify(search));
  assert.equal(plain.body.total, 1);
  assert.deepEqual(told(asked), told(plain));
  assert.deepEqual(told(wrong), told(plain));
});

test('a Patient by itself is understood too; without one the answer says what to send', async () => {
  const alone = await server.send('POST', 'Patient/$match', { ...known, id: undefined });
  assert.equal(alone.body.total, 1);
  const none = await server.send('POST', 'Patient/$match', { resourceType: 'Parameters', parameter: [] });
  assert.equal(none.status, 400);
  const count = await match(known, [{ name: 'count', valueInteger: 0 }]);
  assert.equal(count.status, 400);
});

test('asking writes nothing', async () => {
  const [row] = await server.db.query<{ n: number }>(`select count(*) as n from people.particulars`);
  assert.equal(row?.n, 2);
});
