import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'fhir-kit-client';
import { testServer } from './test-server.ts';

// A client that somebody else wrote, used as its own documentation shows.

const server = await testServer();
const client = new Client({ baseUrl: server.url });

// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const created: Loose = await client.create({
  resourceType: 'Patient',
  body: { resourceType: 'Patient', name: [{ family: 'Holm', given: ['Una'] }], birthDate: '1950-03-01' },
});

test('it creates, reads, updates, patches and deletes', async () => {
  const read: Loose = await client.read({ resourceType: 'Patient', id: created.id });
  assert.equal(read.name[0].family, 'Holm');
  const updated: Loose = await client.update({
    resourceType: 'Patient',
    id: created.id,
    body: { ...read, gender: 'female' },
  });
  assert.equal(updated.meta.versionId, '2');
  const patched: Loose = await client.patch({
    resourceType: 'Patient',
    id: created.id,
    jsonPatch: [{ op: 'replace', path: '/gender', value: 'other' }],
  });
  assert.equal(patched.gender, 'other');
  const made: Loose = await client.create({ resourceType: 'Patient', body: { resourceType: 'Patient' } });
  await client.delete({ resourceType: 'Patient', id: made.id });
  await assert.rejects(client.read({ resourceType: 'Patient', id: made.id }), (error: Loose) => {
    assert.equal(error.response.status, 410);
    return true;
  });
});

test('it reads versions and histories', async () => {
  const version: Loose = await client.vread({ resourceType: 'Patient', id: created.id, version: '1' });
  assert.equal(version.gender, undefined);
  const own: Loose = await client.history({ resourceType: 'Patient', id: created.id });
  assert.equal(own.total, 3);
  const type: Loose = await client.history({ resourceType: 'Patient' });
  const all: Loose = await client.history();
  assert.ok(type.entry.length >= 3 && all.entry.length >= 3);
});

test('it searches by GET and by POST, in a compartment and over everything, and turns pages', async () => {
  const found: Loose = await client.search({ resourceType: 'Patient', searchParams: { family: 'Holm' } });
  assert.equal(found.total, 1);
  const posted: Loose = await client.search({
    resourceType: 'Patient',
    searchParams: { birthdate: '1950-03-01' },
    options: { postSearch: true },
  });
  assert.equal(posted.entry[0].resource.id, created.id);
  const condition = { resourceType: 'Condition', subject: { reference: `Patient/${created.id}` } };
  for (const text of ['Asthma', 'Gout', 'Eczema']) {
    await client.create({ resourceType: 'Condition', body: { ...condition, code: { text } } as Loose });
  }
  const inside: Loose = await client.search({
    resourceType: 'Condition',
    compartment: { resourceType: 'Patient', id: created.id },
    searchParams: { _count: '2' },
  });
  assert.equal(inside.entry.length, 2);
  const next: Loose = await client.nextPage({ bundle: inside });
  assert.equal(next.entry.length, 1);
  const everywhere: Loose = await client.search({ searchParams: { _type: 'Patient,Condition' } });
  assert.ok(everywhere.entry.length >= 4);
});

test('it sends batches and transactions', async () => {
  const entry = [
    {
      fullUrl: 'urn:uuid:0195e1d2-7a64-7000-8000-0000000000aa',
      resource: { resourceType: 'Patient' },
      request: { method: 'POST', url: 'Patient' },
    },
    {
      resource: {
        resourceType: 'Flag',
        status: 'active',
        code: { text: 'x' },
        subject: { reference: 'urn:uuid:0195e1d2-7a64-7000-8000-0000000000aa' },
      },
      request: { method: 'POST', url: 'Flag' },
    },
  ];
  const done: Loose = await client.transaction({
    body: { resourceType: 'Bundle', type: 'transaction', entry } as Loose,
  });
  assert.equal(done.type, 'transaction-response');
  const batch: Loose = await client.batch({
    body: {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: `Patient/${created.id}` } }],
    } as Loose,
  });
  assert.equal(batch.entry[0].resource.id, created.id);
});

test('it calls operations and follows references', async () => {
  const everything: Loose = await client.operation({
    name: 'everything',
    resourceType: 'Patient',
    id: created.id,
    method: 'GET',
  });
  assert.ok(everything.entry.length >= 4);
  const resolved: Loose = await client.resolve({ reference: `Patient/${created.id}` });
  assert.equal(resolved.id, created.id);
  const statement: Loose = await client.capabilityStatement();
  assert.equal(statement.resourceType, 'CapabilityStatement');
});
