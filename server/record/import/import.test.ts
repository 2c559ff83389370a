import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { toXml } from '../formats/index.ts';
import { contentHash } from '../store/index.ts';
import type { Resource } from '../types.ts';
import { totals } from './counts.ts';
import { bundle, observation, openDesk, openStored, patient, practitioner, uuid } from './made-up.ts';
import { reportLines } from './report.ts';
import { listQuarantine } from './store-quarantine.ts';
import { uncheckedNumberSystem } from './unchecked-number.ts';

const db = await database();
const desk = openDesk(db);
const { store, content } = openStored(db);

test('the resources of a transaction are stored under their own ids, their links rewritten', async () => {
  const file = desk.write(
    'links.json',
    bundle(
      'transaction',
      observation(uuid(2), `urn:uuid:${uuid(1)}`, {
        text: {
          status: 'generated',
          div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="urn:uuid:${uuid(1)}">x</a></div>`,
        },
        identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid(1)}` }],
      }),
      patient(uuid(1)),
    ),
  );
  const job = await desk.run([file]);
  assert.deepEqual(job.counts, { Patient: { stored: 1 }, Observation: { stored: 1 } });
  const seen = await content('Observation', uuid(2));
  assert.deepEqual(seen?.['subject'], { reference: `Patient/${uuid(1)}` });
  assert.match(
    JSON.stringify(seen?.['text']),
    new RegExp(`href=.."Patient/${uuid(1)}`.replace('.."', '\\\\"')),
  );
  assert.partialDeepStrictEqual(seen?.['identifier'], [{ value: `urn:uuid:${uuid(1)}` }]);
});

test('a resource without an id takes the one its bundle calls it by, else one made from its text', async () => {
  const named = {
    fullUrl: `urn:uuid:${uuid(11)}`,
    resource: patient(undefined),
    request: { method: 'POST', url: 'Patient' },
  };
  const file = desk.write('named.json', bundle('transaction', named));
  const lone = desk.write('nameless.json', patient(undefined, { active: true }));
  await desk.run([file, lone]);
  assert.equal((await content('Patient', uuid(11)))?.['id'], uuid(11));
  const again = await desk.run([file, lone], { again: true });
  assert.deepEqual(again.counts, { Patient: { unchanged: 2 } });
});

test('XML says the same as JSON', async () => {
  const resource = observation('xml-1', 'Patient/xml-p', { valueQuantity: { value: 1.5 } });
  const xml = toXml({ ...bundle('collection', patient('xml-p'), resource) } as Resource).replace(
    '1.5',
    '1.50',
  );
  const job = await desk.run([desk.write('said.xml', xml)]);
  assert.equal(totals(job.counts).stored, 2);
  assert.match((await store.read('Observation', 'xml-1'))!.content, /"value":1\.50/);
});

test('importing twice changes nothing, read again or not', async () => {
  const file = desk.write(
    'twice.ndjson',
    [patient('t1'), patient('t2'), { resourceType: 'Patient', id: 't3', gender: 'banana' }]
      .map((each) => JSON.stringify(each))
      .join('\n'),
  );
  const first = await desk.run([file]);
  assert.deepEqual(first.counts, { Patient: { stored: 2, quarantined: 1 } });
  const hash = await contentHash(db);
  const held = await listQuarantine(db, {}, { limit: 1000 });
  for (const again of [false, true]) {
    const job = await desk.run([file], { again });
    assert.deepEqual(job.counts, { Patient: { unchanged: 2, quarantined: 1 } });
    assert.equal(await contentHash(db), hash);
    assert.deepEqual(await listQuarantine(db, {}, { limit: 1000 }), held);
  }
});

test('the same bytes under another name are known', async () => {
  const text = JSON.stringify(patient('same-bytes'));
  const job = await desk.run([desk.write('same-a.json', text), desk.write('same-b.json', text)]);
  assert.deepEqual(job.counts, { Patient: { stored: 1, unchanged: 1 } });
});

test('a later file of the same source updates', async () => {
  await desk.run([desk.write('v1.json', patient('up'))]);
  const job = await desk.run([desk.write('v2.json', patient('up', { active: true }))]);
  assert.deepEqual(job.counts, { Patient: { stored: 1 } });
  assert.equal((await content('Patient', 'up'))?.['active'], true);
});

test('another source cannot silently overwrite, but may say the same', async () => {
  await desk.run([desk.write('north.json', patient('shared'))], { source: 'North' });
  const same = await desk.run([desk.write('south-1.json', `${JSON.stringify(patient('shared'))}\n`)], {
    source: 'South',
  });
  assert.deepEqual(same.counts, { Patient: { unchanged: 1 } });
  const other = await desk.run(
    [desk.write('south-2.json', bundle('batch', patient('shared', { active: false }), patient('own')))],
    { source: 'South' },
  );
  assert.deepEqual(other.counts, { Patient: { stored: 1, quarantined: 1 } });
  assert.equal((await content('Patient', 'shared'))?.['active'], undefined);
  const [held] = await listQuarantine(db, { code: 'conflict' }, { limit: 10 });
  assert.partialDeepStrictEqual(held, {
    type: 'Patient',
    resourceId: 'shared',
    source: 'urn:openics:source:south',
  });
  assert.partialDeepStrictEqual(await desk.importer.replay(held!.id, 'test'), {
    replayed: true,
    stored: ['Patient/shared'],
  });
  assert.equal((await content('Patient', 'shared'))?.['active'], false);
});

test('one input that says two things under one id keeps the first and holds back the second', async () => {
  const file = desk.write(
    'doubles.json',
    bundle('batch', patient('dd'), patient('dd'), patient('dd', { active: true })),
  );
  const job = await desk.run([file]);
  assert.deepEqual(job.counts, { Patient: { stored: 1, unchanged: 1, quarantined: 1 } });
  assert.equal((await content('Patient', 'dd'))?.['active'], undefined);
  assert.equal((await listQuarantine(db, { code: 'duplicate' }, { limit: 10 })).length, 1);
});

const lines = (...all: Resource[]) => all.map((each) => JSON.stringify(each)).join('\n');
const dated = (id: string, day: string, more = {}) =>
  patient(id, { meta: { lastUpdated: `2026-01-${day}T08:00:00Z` }, ...more }) as Resource;

test('two lines about one Patient are two versions, the later of which stands; an older one is held back', async () => {
  const file = desk.write(
    'versions.ndjson',
    lines(
      patient('v1') as Resource,
      patient('v1', { active: true }) as Resource,
      dated('v2', '02'),
      dated('v2', '03', { active: true }),
      dated('v2', '01', { active: false }),
    ),
  );
  const job = await desk.run([file]);
  assert.deepEqual(job.counts, { Patient: { stored: 4, quarantined: 1 } });
  assert.equal((await content('Patient', 'v1'))?.['active'], true);
  assert.equal((await content('Patient', 'v2'))?.['active'], true);
});

const nhs = (value: string) => [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }];

test('a Patient whose NHS number fails its check digit is stored, and the number is kept and not trusted', async () => {
  const file = desk.write(
    'typing-error.json',
    bundle('collection', patient('te', { identifier: nhs('9990000019') }), observation('te-o', 'Patient/te')),
  );
  const job = await desk.run([file]);
  assert.deepEqual(job.counts, { Patient: { stored: 1 }, Observation: { stored: 1 } });
  assert.deepEqual((await content('Patient', 'te'))?.['identifier'], [
    { system: uncheckedNumberSystem, value: '9990000019' },
  ]);
  assert.match(reportLines(job).join('\n'), /1 patient has an NHS number that fails its check digit/);
  const wrong = patient('te2', { identifier: nhs('9990000019'), gender: 'banana' });
  assert.deepEqual((await desk.run([desk.write('two-errors.json', bundle('collection', wrong))])).counts, {
    Patient: { quarantined: 1 },
  });
});

test('two files of one import may correct each other', async () => {
  const files = [
    desk.write('first.json', patient('cc')),
    desk.write('second.json', patient('cc', { active: true })),
  ];
  assert.deepEqual((await desk.run(files)).counts, { Patient: { stored: 2 } });
  assert.equal((await content('Patient', 'cc'))?.['active'], true);
});

test('a reference by search finds what came before, or later in the same import', async () => {
  const byNumber = { reference: 'Practitioner?identifier=urn:example:staff|77' };
  const early = desk.write('a-early.json', observation('cond-1', 'Patient/up', { performer: [byNumber] }));
  const late = desk.write('b-late.json', practitioner('dr-77', '77'));
  const job = await desk.run([early, late]);
  assert.deepEqual(job.counts, { Observation: { stored: 1 }, Practitioner: { stored: 1 } });
  assert.deepEqual((await content('Observation', 'cond-1'))?.['performer'], [
    { reference: 'Practitioner/dr-77' },
  ]);
});

test('a reference by search that finds nothing holds the resource back until it does', async () => {
  const byNumber = { reference: 'Practitioner?identifier=urn:example:staff|88' };
  const job = await desk.run([
    desk.write('lonely.json', observation('cond-2', 'Patient/up', { performer: [byNumber] })),
  ]);
  assert.deepEqual(job.counts, { Observation: { quarantined: 1 } });
  const [held] = await listQuarantine(db, { code: 'not-found', state: 'open' }, { limit: 10 });
  assert.partialDeepStrictEqual(held, { path: 'Observation.performer[0].reference', resourceId: 'cond-2' });
  assert.partialDeepStrictEqual(await desk.importer.replay(held!.id, 'test'), { replayed: false });
  await desk.run([desk.write('found.json', practitioner('dr-88', '88'))]);
  assert.partialDeepStrictEqual(await desk.importer.replay(held!.id, 'test'), { replayed: true });
  assert.deepEqual((await content('Observation', 'cond-2'))?.['performer'], [
    { reference: 'Practitioner/dr-88' },
  ]);
});

test('a urn:uuid of another file is found by the id it keeps, in either order', async () => {
  const files = [
    desk.write('x-1.ndjson', JSON.stringify(observation('ux', `urn:uuid:${uuid(31)}`))),
    desk.write('x-2.ndjson', JSON.stringify(patient(uuid(31)))),
    desk.write('x-3.ndjson', JSON.stringify(observation('uy', `urn:uuid:${uuid(31)}`))),
  ];
  assert.deepEqual((await desk.run(files)).counts, { Patient: { stored: 1 }, Observation: { stored: 2 } });
  assert.deepEqual((await content('Observation', 'ux'))?.['subject'], { reference: `Patient/${uuid(31)}` });
});

test('a conditional create stores nothing where something matches, and links go to what is there', async () => {
  await desk.run([desk.write('there.json', practitioner('dr-5', '5'))]);
  const job = await desk.run([
    desk.write(
      'cond.json',
      bundle(
        'transaction',
        conditional(uuid(41), '5'),
        conditional(uuid(42), '6'),
        seenBy('c1', uuid(41)),
        seenBy('c2', uuid(42)),
      ),
    ),
    desk.write('cond-2.json', bundle('transaction', conditional(uuid(43), '6'), seenBy('c3', uuid(43)))),
  ]);
  assert.deepEqual(job.counts, { Practitioner: { stored: 1, unchanged: 2 }, Observation: { stored: 3 } });
  assert.deepEqual((await content('Observation', 'c1'))?.['performer'], [{ reference: 'Practitioner/dr-5' }]);
  for (const id of ['c2', 'c3']) {
    assert.deepEqual((await content('Observation', id))?.['performer'], [
      { reference: `Practitioner/${uuid(42)}` },
    ]);
  }
});

test('PUT by search updates what matches; DELETE deletes', async () => {
  await desk.run([
    desk.write(
      'base.json',
      bundle('batch', practitioner('dr-9', '9'), patient('gone'), practitioner('dr-10', '10')),
    ),
  ]);
  const job = await desk.run([
    desk.write(
      'requests.json',
      bundle(
        'batch',
        {
          resource: { ...practitioner('other', '9'), active: true },
          request: { method: 'PUT', url: 'Practitioner?identifier=urn:example:staff|9' },
        },
        { request: { method: 'DELETE', url: 'Patient/gone' } },
        { request: { method: 'DELETE', url: 'Practitioner?identifier=urn:example:staff|10' } },
        { request: { method: 'GET', url: 'Patient/gone' } },
      ),
    ),
  ]);
  assert.deepEqual(job.counts, {
    Practitioner: { stored: 1, deleted: 1 },
    Patient: { deleted: 1 },
    unknown: { skipped: 1 },
  });
  assert.equal((await content('Practitioner', 'dr-9'))?.['active'], true);
  assert.equal(await content('Patient', 'gone'), undefined);
  assert.equal(await content('Practitioner', 'dr-10'), undefined);
});

test('a document is kept whole besides its resources; a history is refused', async () => {
  const composition = {
    resourceType: 'Composition',
    id: 'doc-c',
    status: 'final',
    type: { text: 'Letter' },
    subject: { reference: 'Patient/doc-p' },
    date: '2026-01-01',
    author: [{ reference: 'Patient/doc-p' }],
    title: 'Letter',
  };
  const document = {
    ...bundle('document', entry(composition), entry(patient('doc-p'))),
    id: 'doc-1',
    identifier: { system: 'urn:example:docs', value: '1' },
    timestamp: '2026-01-01T00:00:00Z',
  };
  const job = await desk.run([desk.write('document.json', document)]);
  assert.deepEqual(job.counts, { Composition: { stored: 1 }, Patient: { stored: 1 }, Bundle: { stored: 1 } });
  const kept = await content('Bundle', 'doc-1');
  assert.equal((kept!['entry'] as unknown[]).length, 2);
  const history = await desk.run([
    desk.write('history.json', bundle('history', patient('h1'), patient('h1'))),
  ]);
  assert.deepEqual(history.counts, { unknown: { quarantined: 1 } });
});

test('references to what nobody sent are counted, until it comes', async () => {
  const job = await desk.run([
    desk.write(
      'dangling.json',
      bundle('batch', observation('m1', 'Patient/nobody'), observation('m2', 'Patient/nobody')),
    ),
  ]);
  assert.equal(job.notes.missingTargets, 1);
  assert.equal(job.notes.missingMentions, 2);
  const later = await desk.run([
    desk.write('order-1.json', observation('m3', 'Patient/somebody')),
    desk.write('order-2.json', patient('somebody')),
  ]);
  assert.equal(later.notes.missingTargets, 0);
});

const conditional = (id: string, number: string) => ({
  fullUrl: `urn:uuid:${id}`,
  resource: practitioner(id, number),
  request: { method: 'POST', url: 'Practitioner', ifNoneExist: `identifier=urn:example:staff|${number}` },
});

const seenBy = (id: string, by: string): Record<string, unknown> =>
  observation(id, 'Patient/up', { performer: [{ reference: `urn:uuid:${by}` }] });

const entry = (resource: Record<string, unknown>): Record<string, unknown> => ({
  fullUrl: `http://example.org/${String(resource['resourceType'])}/${String(resource['id'])}`,
  resource,
});
