import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { ridOf } from '../rid.ts';
import { createSearch, type SearchResult } from './index.ts';
import { ask, db, definitions, idsOf, person, put, putReadings, reading, search } from './record.fixture.ts';

await putReadings();

const part = (code: string, value: number): Record<string, unknown> => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
});

const keys = async (type: string, query: string): Promise<string[]> =>
  (await ask(type, query)).included.map((one) => `${one.type}/${one.id}`).sort();

test('a number matches by the precision it is asked with', async () => {
  await put(
    reading('n1', 'p1', 100),
    reading('n2', 'p1', 99.6),
    reading('n3', 'p1', 100.4),
    reading('n4', 'p1', 100.6),
  );
  assert.deepEqual(await idsOf('Observation', 'value-quantity=100&_sort=_id').then((ids) => ids.sort()), [
    'n1',
    'n2',
    'n3',
  ]);
  assert.deepEqual(await idsOf('Observation', 'value-quantity=100.0'), ['n1']);
  assert.deepEqual((await idsOf('Observation', 'value-quantity=1e2')).includes('n4'), true);
  assert.deepEqual((await idsOf('Observation', 'value-quantity=gt100')).sort(), ['n3', 'n4']);
  assert.deepEqual(await idsOf('Observation', 'value-quantity=100.4|http://unitsofmeasure.org|/min'), ['n3']);
  assert.deepEqual(await idsOf('Observation', 'value-quantity=100.4||beats/min'), ['n3']);
  assert.deepEqual(await idsOf('Observation', 'value-quantity=100.4||kg'), []);
});

test('both parts of a composite must hold within one component', async () => {
  const pressure = { valueQuantity: undefined, component: [part('8480-6', 150), part('8462-4', 80)] };
  await put(reading('bp', 'p1', 0, pressure));
  assert.deepEqual(await idsOf('Observation', 'component-code-value-quantity=8480-6$gt140'), ['bp']);
  assert.deepEqual(await idsOf('Observation', 'component-code-value-quantity=http://loinc.org|8462-4$lt90'), [
    'bp',
  ]);
  assert.deepEqual(await idsOf('Observation', 'component-code-value-quantity=http://loinc.org|$gt140'), [
    'bp',
  ]);
  assert.deepEqual(await idsOf('Observation', 'component-code-value-quantity=8462-4$gt140'), []);
  assert.deepEqual(await idsOf('Observation', 'component-code=8462-4&component-value-quantity=gt140'), [
    'bp',
  ]);
});

test('names match without accents or case; exact and part do what they say', async () => {
  assert.deepEqual(await idsOf('Patient', 'family=olaf'), ['p2']);
  assert.deepEqual(await idsOf('Patient', 'name=AINE'), ['p1', 'p2', 'p3']);
  assert.deepEqual(await idsOf('Patient', 'family:exact=Olafsson'), []);
  assert.deepEqual(await idsOf('Patient', 'family:exact=Ólafsson'), ['p2']);
  assert.deepEqual(await idsOf('Patient', 'given:contains=marg&family=evans'), ['p3']);
  assert.deepEqual(await idsOf('Patient', 'phonetic=Okaffor'), ['p1']);
});

test('missing, not and value sets', async () => {
  assert.deepEqual(await idsOf('Patient', 'birthdate:missing=true'), ['p3']);
  assert.deepEqual(await idsOf('Patient', 'gender:not=male'), ['p1']);
  assert.deepEqual(await idsOf('Patient', 'gender:in=http://hl7.org/fhir/ValueSet/administrative-gender'), [
    'p1',
    'p2',
    'p3',
  ]);
  assert.deepEqual(
    await idsOf('Patient', 'gender:not-in=http://hl7.org/fhir/ValueSet/administrative-gender'),
    [],
  );
  assert.deepEqual(await idsOf('Patient', 'link=Patient/p1'), ['p3']);
});

test('matches bring what they refer to and what refers to them', async () => {
  await put(
    { resourceType: 'Organization', id: 'trust', name: 'A trust' },
    { resourceType: 'Organization', id: 'ward', name: 'A ward', partOf: { reference: 'Organization/trust' } },
    {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: 'Patient/p1' },
      serviceProvider: { reference: 'Organization/ward' },
    },
    reading('oe', 'p1', 60, { encounter: { reference: 'Encounter/e1' } }),
  );
  assert.deepEqual(await keys('Encounter', '_id=e1&_include=Encounter:service-provider'), [
    'Organization/ward',
  ]);
  assert.deepEqual(
    await keys(
      'Encounter',
      '_id=e1&_include=Encounter:service-provider&_include:iterate=Organization:partof',
    ),
    ['Organization/trust', 'Organization/ward'],
  );
  assert.deepEqual(await keys('Encounter', '_id=e1&_include=*'), ['Organization/ward', 'Patient/p1']);
  assert.deepEqual(await keys('Encounter', '_id=e1&_include=Encounter:subject:Group'), []);
  assert.deepEqual(await keys('Encounter', '_id=e1&_revinclude=Observation:encounter'), ['Observation/oe']);
  assert.deepEqual(await keys('Organization', '_id=trust&_revinclude=Organization:partof'), [
    'Organization/ward',
  ]);
  assert.deepEqual(
    await idsOf('Organization', '_has:Encounter:service-provider:_has:Observation:encounter:code=8867-4'),
    ['ward'],
  );
});

test('a patient compartment holds the patient and what refers to the patient', async () => {
  const found = await ask(undefined, '_count=1000', { patientId: 'p3' });
  assert.deepEqual(
    found.matches.map((one) => one.id),
    ['p3'],
  );
  const observations = await ask('Observation', '_count=1000&status=final', { patientId: 'p2' });
  assert.ok(observations.matches.length >= 20);
  assert.ok(observations.matches.every((one) => one.content.includes('Patient/p2')));
});

test('a search over several types merges them in one order', async () => {
  const ids = await idsOf(undefined, '_type=Patient,Organization&_count=3');
  assert.deepEqual(ids, ['p1', 'p2', 'p3']);
  const all = await ask(undefined, '_count=1000&_total=accurate');
  assert.equal(all.total, all.matches.length);
});

test('an observation is not taken for one of a patient who has the same id', async () => {
  await put(person('example', 'Same'), { ...reading('example', 'x', 60), subject: undefined });
  assert.deepEqual(await idsOf('Observation', 'patient=example'), []);
  assert.deepEqual(await idsOf('Patient', '_has:Observation:patient:_id=example'), []);
  assert.deepEqual(await idsOf('Observation', '_id=example'), ['example']);
});

test('words are found within one patient, and refused across patients', async () => {
  assert.deepEqual(await idsOf('Observation', 'patient=p1&_content=heart%20100.6'), ['n4']);
  await assert.rejects(ask('Observation', '_content=heart'), /say which/);
});

test('what cannot be answered is refused strictly, or named and left out of the self link', async () => {
  await assert.rejects(
    ask('Patient', 'shoe-size=9'),
    (error) => error instanceof Problem && error.place === 'shoe-size',
  );
  const lenient = await search.search(db, {
    type: 'Patient',
    query: [
      ['shoe-size', '9'],
      ['family', 'Evans'],
      ['birthdate:exact', '1950'],
      ['_sort', 'family,shoe-size'],
    ],
    handling: 'lenient',
    baseUrl: '',
  });
  assert.deepEqual(lenient.applied, [
    ['family', 'Evans'],
    ['_sort', 'family'],
  ]);
  assert.deepEqual(
    lenient.outcomes.map((one) => one.path),
    ['shoe-size', 'birthdate:exact', '_sort'],
  );
  assert.deepEqual(
    lenient.matches.map((one) => one.id),
    ['p3'],
  );
  await assert.rejects(
    ask('Patient', 'birthdate=soon'),
    (error) => error instanceof Problem && error.status === 400,
  );
});

test('escaped commas, bars and dollars are part of the value', async () => {
  await put({
    resourceType: 'Organization',
    id: 'odd',
    name: 'Smith, Jones | Co',
    identifier: [{ system: 'urn:x', value: 'a|b,c' }],
  });
  assert.deepEqual(await idsOf('Organization', 'identifier=urn:x|a\\|b\\,c'), ['odd']);
  assert.deepEqual(await idsOf('Organization', 'name=Smith\\, Jones'), ['odd']);
});

test('what a reader may not see is in no page, count, chain or include', async () => {
  const hidden = createSearch({
    definitions,
    visible: (alias, bindings) => `${alias}.patient_id <> ${bindings.add(ridOf('p1'), 'uuid')}`,
  });
  const see = async (type: string, query: string): Promise<SearchResult> =>
    hidden.search(db, { type, query: [...new URLSearchParams(query)], handling: 'strict', baseUrl: '' });
  assert.equal((await see('Patient', 'family=okafor')).total, 0);
  assert.equal((await see('Observation', 'patient.family=okafor')).matches.length, 0);
  assert.equal((await see('Patient', 'link:Patient.family=okafor')).matches.length, 0);
  assert.equal((await see('Patient', '_id=p3&_include=Patient:link')).included.length, 0);
  const all = (await ask('Observation', '_summary=count')).total!;
  const own = (await ask('Observation', 'patient=p1&_summary=count')).total!;
  assert.equal((await see('Observation', '_summary=count')).total, all - own);
});

test('conditional operations get ids', async () => {
  assert.deepEqual(await search.matchIds(db, 'Patient', 'family=okafor'), ['p1']);
  assert.deepEqual((await search.matchIds(db, 'Patient', 'name=áine', 2)).length, 2);
  await assert.rejects(search.matchIds(db, 'Patient', 'shoe-size=9'));
});
