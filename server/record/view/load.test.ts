import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { createServices } from '../../services.ts';
import { viewServices } from '../../view-services.ts';
import type { Resource } from '../types.ts';
import { createLoader } from './load.ts';
import { hospital, patient, problem, weight } from './made-up-record.ts';
import type { ViewServices } from './services.ts';

const services = await createServices(await database());
const { store } = services;
const view = viewServices(services);

const whose = '0198a000-0000-7000-8000-000000000001';

function owned(resource: Resource): Resource {
  return { ...resource, subject: { reference: `Patient/${whose}` } };
}

async function put(...resources: Resource[]): Promise<void> {
  const changes = resources.map((resource) => ({
    kind: 'put' as const,
    type: resource.resourceType,
    id: resource.id as string,
    resource,
  }));
  await store.write(changes, { source: 'urn:example:feed', channel: 'rest', agent: 'test' });
}

/** Counts how often the whole record is read. */
function counting(): ViewServices & { reads: number } {
  return {
    ...view,
    reads: 0,
    recordOf(patientIds) {
      this.reads += 1;
      return view.recordOf(patientIds);
    },
  };
}

await put(hospital, patient(whose).resource, owned(problem('c1', hospital).resource));
const personId = (await view.personsOf([whose])).get(whose) as string;

test('a record that did not change is read once, also by readers who come together', async () => {
  const counted = counting();
  const load = createLoader(counted);
  const [first, second] = await Promise.all([load(personId), load(personId)]);
  const third = await load(personId);
  assert.equal(counted.reads, 1);
  assert.equal(first?.version, second?.version);
  assert.equal(first, third);
});

test('a change in the record, or in the name of an organisation that speaks in it, is seen at once', async () => {
  const load = createLoader(view);
  const before = await load(personId);
  await put(owned(weight('o1', '2026-01-01', 70).resource));
  const after = await load(personId);
  assert.notEqual(after?.version, before?.version);
  assert.equal(after?.view.results.length, 1);
  await put({ ...hospital, name: 'Southside Hospital' });
  const renamed = await load(personId);
  assert.notEqual(renamed?.version, after?.version);
  assert.equal(renamed?.view.sources[0]?.name, 'Southside Hospital');
});

test('what does not fit in memory is read again', async () => {
  const counted = counting();
  const load = createLoader(counted, 10);
  await load(personId);
  await load(personId);
  assert.equal(counted.reads, 2);
});

test('there is no record of a person who does not exist', async () => {
  assert.equal(await createLoader(view)('0198a000-0000-7000-8000-00000000dead'), undefined);
});
