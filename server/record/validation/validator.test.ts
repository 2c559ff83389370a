import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDefinitions } from '../definitions/index.ts';
import { exact } from '../fhirpath/index.ts';
import type { Issue, Resource } from '../types.ts';
import { createValidator } from './index.ts';

const { validate } = createValidator(openDefinitions());

const patient: Resource = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Example' }],
  gender: 'female',
};
const observation: Resource = { resourceType: 'Observation', status: 'final', code: { text: 'weight' } };

function errors(resource: unknown): Issue[] {
  return validate(resource as Resource).filter(
    (issue) => issue.severity === 'error' || issue.severity === 'fatal',
  );
}

function assertFault(resource: unknown, path: string, text: RegExp): void {
  const found = errors(resource);
  assert.ok(
    found.some((issue) => issue.path === path && text.test(issue.text)),
    `wanted ${text} at ${path}, found ${JSON.stringify(found)}`,
  );
}

test('a plain patient and a plain observation are valid', () => {
  assert.deepEqual(validate(patient), []);
  assert.deepEqual(validate(observation), []);
});

test('what is not a FHIR resource is said at once', () => {
  assert.equal(validate({} as Resource)[0]?.severity, 'fatal');
  assert.equal(validate({ resourceType: 'Unicorn' })[0]?.severity, 'fatal');
  assert.equal(validate([] as unknown as Resource)[0]?.severity, 'fatal');
});

test('a key that the type does not have is refused', () => {
  assertFault({ ...patient, shoeSize: 43 }, 'Patient', /shoeSize is not an element/);
  assertFault({ ...patient, name: [{ family: 'x', surname: 'y' }] }, 'Patient.name[0]', /surname/);
});

test('values must have the right JSON shape', () => {
  assertFault({ ...patient, name: { family: 'x' } }, 'Patient.name', /array/);
  assertFault({ ...patient, gender: ['male'] }, 'Patient.gender', /one value/);
  assertFault({ ...patient, active: 'true' }, 'Patient.active', /JSON boolean/);
  assertFault({ ...patient, name: [] }, 'Patient.name', /not be empty/);
  assertFault({ ...patient, name: [{}] }, 'Patient.name[0]', /not be empty/);
  assertFault({ ...patient, name: [null] }, 'Patient.name[0]', /object/);
  assertFault({ ...patient, name: ['Ann'] }, 'Patient.name[0]', /object/);
  assertFault({ ...patient, name: [{ family: '' }] }, 'Patient.name[0].family', /empty/);
  assertFault({ ...patient, name: [{ given: ['Ann', null] }] }, 'Patient.name[0].given[1]', /null/);
});

test('required elements must be there, once', () => {
  assertFault({ resourceType: 'Observation', status: 'final' }, 'Observation.code', /required/);
  assertFault({ ...observation, valueString: 'x', valueInteger: 1 }, 'Observation.value', /Only one/);
});

test('required codes must be in their value set', () => {
  assertFault({ ...patient, gender: 'banana' }, 'Patient.gender', /not in/);
  assertFault({ ...observation, status: 'zzz' }, 'Observation.status', /not in/);
  const condition = { resourceType: 'Condition', subject: { reference: 'Patient/p1' } };
  const status = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'gone' }],
  };
  assertFault({ ...condition, clinicalStatus: status }, 'Condition.clinicalStatus.coding[0]', /not in/);
});

test('dates must be real', () => {
  assertFault({ ...patient, birthDate: '2020-02-30' }, 'Patient.birthDate', /real date/);
  assertFault({ ...patient, birthDate: '2020-13' }, 'Patient.birthDate', /real date/);
  assertFault(
    { ...patient, deceasedDateTime: '2020-01-01T10:00:00' },
    'Patient.deceased.ofType(dateTime)',
    /time zone/,
  );
});

test('an extension can stand in for a value, and only with content', () => {
  const why = { extension: [{ url: 'http://example.org/why', valueString: 'not asked' }] };
  assert.deepEqual(errors({ ...patient, _birthDate: why }), []);
  assertFault({ ...patient, _birthDate: {} }, 'Patient.birthDate', /id or extensions/);
  assertFault({ ...patient, _name: [why] }, 'Patient.name', /only for primitive/);
});

test('a reference must be readable and to an allowed type', () => {
  assertFault(
    { ...observation, subject: { reference: 'Encounter/1' } },
    'Observation.subject.reference',
    /not allowed/,
  );
  assertFault(
    { ...observation, subject: { reference: 'Ann Example' } },
    'Observation.subject.reference',
    /cannot be read/,
  );
  assert.deepEqual(
    errors({ ...observation, subject: { reference: 'https://example.org/fhir/Patient/1' } }),
    [],
  );
  assert.deepEqual(
    errors({ ...observation, subject: { reference: 'urn:uuid:0b0f9c3e-7c3f-4f3c-8a3c-0d1e2f3a4b5c' } }),
    [],
  );
});

test('contained resources must be referred to, with ids of their own', () => {
  const contained = [{ resourceType: 'Patient', id: 'a' }];
  assert.deepEqual(errors({ ...observation, contained, subject: { reference: '#a' } }), []);
  assertFault({ ...observation, contained }, 'Observation.contained[0]', /Nothing refers/);
  assertFault({ ...observation, subject: { reference: '#b' } }, 'Observation.subject.reference', /contained/);
  const twice = [...contained, { resourceType: 'Group', id: 'a', type: 'person', actual: true }];
  assertFault(
    { ...observation, contained: twice, subject: { reference: '#a' } },
    'Observation.contained[1].id',
    /same id/,
  );
});

test('invariants of R4 hold', () => {
  assertFault({ ...patient, contact: [{ gender: 'male' }] }, 'Patient.contact[0]', /pat-1/);
  const both = { ...observation, valueString: 'x', dataAbsentReason: { text: 'y' } };
  assertFault(both, 'Observation', /obs-6/);
  const encounter = {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    period: { start: '2020-02-01', end: '2020-01-01' },
  };
  assertFault(encounter, 'Encounter.period', /per-1/);
});

test('unsafe narrative is refused', () => {
  const text = {
    status: 'generated',
    div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>',
  };
  assertFault({ ...patient, text }, 'Patient.text.div', /script/);
});

test('exact decimals count as numbers', () => {
  const value = { value: exact('1.00'), unit: 'kg' };
  assert.deepEqual(errors({ ...observation, valueQuantity: value }), []);
  assertFault(
    { ...observation, valueInteger: exact('1.00') },
    'Observation.value.ofType(integer)',
    /whole number/,
  );
});

test('a wrong NHS number is found and not repeated', () => {
  const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765918' }];
  assertFault({ ...patient, identifier }, 'Patient.identifier[0].value', /Modulus 11/);
  assert.ok(!JSON.stringify(errors({ ...patient, identifier })).includes('9434765918'));
});

test('a known extension must be as defined and where it may stand; an unknown one is only noted', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';
  const good = {
    ...patient,
    birthDate: '1970-01-01',
    _birthDate: { extension: [{ url, valueDateTime: '1970-01-01T10:00:00Z' }] },
  };
  assert.deepEqual(errors(good), []);
  const wrongType = { ...good, _birthDate: { extension: [{ url, valueString: 'ten' }] } };
  assert.ok(errors(wrongType).length > 0);
  assertFault(
    { ...patient, extension: [{ url, valueDateTime: '1970-01-01T10:00:00Z' }] },
    'Patient.extension[0]',
    /may not stand here/,
  );
  const unknown = { ...patient, extension: [{ url: 'http://example.org/x', valueString: 'y' }] };
  assert.deepEqual(errors(unknown), []);
  assert.ok(
    validate(unknown, { advice: true }).some(
      (issue) => issue.severity === 'information' && issue.code === 'extension',
    ),
  );
  assertFault(
    { ...patient, modifierExtension: [{ url: 'http://example.org/x', valueString: 'y' }] },
    'Patient.modifierExtension[0]',
    /not known/,
  );
});

test('issues never repeat what a person said', () => {
  const secret = 'Zyxwvut';
  const wrong = {
    resourceType: 'Patient',
    birthDate: secret,
    name: [{ family: [secret], given: secret }],
    address: [{ period: { start: secret } }],
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: secret }],
    managingOrganization: { reference: secret },
    text: { status: 'generated', div: `<div>${secret}</div>` },
  };
  const found = validate(wrong as unknown as Resource, { advice: true });
  assert.ok(found.length >= 6);
  assert.ok(!JSON.stringify(found).includes(secret));
});

test('a bundle needs full URLs that fit its resources, and links once', () => {
  const entry = { fullUrl: 'http://example.org/fhir/Patient/other', resource: patient };
  assertFault(
    { resourceType: 'Bundle', type: 'collection', entry: [entry] },
    'Bundle.entry[0].fullUrl',
    /must end in/,
  );
  assertFault(
    { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient }] },
    'Bundle.entry[0].fullUrl',
    /needs a fullUrl/,
  );
  const link = [
    { relation: 'self', url: 'http://example.org' },
    { relation: 'self', url: 'http://example.org' },
  ];
  assertFault({ resourceType: 'Bundle', type: 'searchset', link }, 'Bundle.link[1]', /only once/);
});

test('faults inside a bundle are found at their place, with the types that references lead to', () => {
  const id = 'urn:uuid:0b0f9c3e-7c3f-4f3c-8a3c-0d1e2f3a4b5c';
  const entry = [
    { fullUrl: id, resource: { ...patient, gender: 'banana' }, request: { method: 'POST', url: 'Patient' } },
    {
      fullUrl: `${id.slice(0, -1)}d`,
      resource: { ...observation, encounter: { reference: id } },
      request: { method: 'POST', url: 'Observation' },
    },
  ];
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
  assertFault(bundle, 'Bundle.entry[0].resource.gender', /not in/);
  assertFault(bundle, 'Bundle.entry[1].resource.encounter.reference', /Patient is not allowed/);
});
