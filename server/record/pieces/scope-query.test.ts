import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDefinitions } from '../definitions/index.ts';
import { fulfils, scopeParameters } from './scope-query.ts';

const laboratory = 'http://terminology.hl7.org/CodeSystem/observation-category';
const reading = {
  resourceType: 'Observation',
  status: 'final',
  meta: { tag: [{ system: 'urn:example', code: 'Home' }] },
  category: [{ coding: [{ system: laboratory, code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
};

test('each parameter a scope may filter by looks where the search parameter of FHIR looks', () => {
  const definitions = openDefinitions();
  let compared = 0;
  for (const [code, { at, types }] of Object.entries(scopeParameters))
    for (const type of types === 'all' ? ['Observation', 'Patient'] : types) {
      const parameter = definitions.searchParameters(type).find((each) => each.code === code);
      assert.ok(parameter, `${type} has no ${code}`);
      assert.equal(parameter.type, 'token');
      const places = parameter.expression!.split('|').map((each) => each.trim());
      const wanted = `${types === 'all' ? 'Resource' : type}.${at.join('.')}`;
      const own = places.filter((each) => new RegExp(`^\\(?(?:${type}|Resource)\\b`).test(each));
      assert.deepEqual(own, [wanted], `${type} ${code}`);
      compared += 1;
    }
  assert.ok(compared > 40, String(compared));
});

test('a code is found by itself or with its system, without case, and by one of several', () => {
  for (const query of [
    'category=laboratory',
    'category=LABORATORY',
    `category=${laboratory}|laboratory`,
    `category=${encodeURIComponent(`${laboratory}|laboratory`)}`,
    'category=vital-signs,laboratory',
    'category=laboratory&status=final',
    'code=http://loinc.org|2823-3',
    '_tag=home',
  ])
    assert.equal(fulfils(reading, query), true, query);
});

test('what is not there, and what cannot be applied, is not found', () => {
  for (const query of [
    'category=vital-signs',
    'category=http://elsewhere.example|laboratory',
    'category=|laboratory',
    'category=',
    'category:not=vital-signs',
    'category=laboratory&status=amended',
    'category=laboratory&date=gt2020',
    'patient.name=Ada',
    'constructor=x',
    '__proto__=x',
    '',
  ])
    assert.equal(fulfils(reading, query), false, query);
  assert.equal(
    fulfils({ resourceType: 'Patient', category: reading.category }, 'category=laboratory'),
    false,
  );
});
