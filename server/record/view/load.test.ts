import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLoader } from './load.ts';
import { openLoading } from './loading.fixture.ts';
import { hospital, problem, weight } from './made-up-record.ts';
import { createWriter } from './written.ts';

const { view, personId, owned, put, counting } = await openLoading();

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

test('a name that arrives after the record was read is seen at once', async () => {
  const load = createLoader(view);
  const surgery = { ...hospital, id: 'surgery-to-come', name: 'Surgery to come' };
  await put(owned({ ...problem('c9', surgery).resource, id: 'c9' }));
  await load(personId);
  await put(surgery);
  const named = await load(personId);
  assert.ok(named?.view.sources.some(({ name }) => name === 'Surgery to come'));
});

test('a change that falls between the parts of a reading is seen by the next one', async () => {
  const reading = { ...view };
  const load = createLoader(reading);
  reading.recordOf = async (patientIds) => {
    const texts = await view.recordOf(patientIds);
    await put(owned(weight('o-between', '2026-02-01', 71).resource));
    reading.recordOf = view.recordOf;
    return texts;
  };
  const before = await load(personId);
  const after = await load(personId);
  assert.notEqual(after?.version, before?.version);
  assert.ok(after?.filed.some(({ resource }) => resource.id === 'o-between'));
});

test('an answer is written once for each state of a record', async () => {
  const counted = counting();
  const write = createWriter(counted, createLoader(counted));
  const banner = () => write(personId, 'banner', (loaded) => loaded.view.banner);
  const [first, second] = [await banner(), await banner()];
  assert.equal(first, second);
  await put({ ...hospital, name: 'Eastside Hospital' });
  const third = await banner();
  assert.notEqual(third?.version, first?.version);
  assert.equal(counted.reads, 2);
  assert.equal(await write('0198a000-0000-7000-8000-00000000dead', 'banner', () => ({})), undefined);
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
