import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../test/support/shared-data.ts';
import { openDefinitions, readPackage } from '../definitions/index.ts';
import { fromXml } from '../formats/index.ts';
import type { Issue, Resource } from '../types.ts';
import { createValidator } from './index.ts';

const url = 'http://example.org/StructureDefinition/test';

function withProfile(
  type: string,
  element: object[],
  others: Resource[] = [],
): (resource: object) => Issue[] {
  const profile: Resource = {
    resourceType: 'StructureDefinition',
    url,
    name: 'Test',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    derivation: 'constraint',
    differential: { element },
  };
  const definitions = openDefinitions({
    packages: [{ name: 'test', version: '1', resources: [profile, ...others] }],
  });
  const { validate } = createValidator(definitions);
  return (resource) => validate({ resourceType: type, ...resource } as Resource, { profiles: [url] });
}

const telecom = [
  {
    id: 'Patient.telecom',
    path: 'Patient.telecom',
    slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'closed', ordered: true },
  },
  { id: 'Patient.telecom:phone', path: 'Patient.telecom', sliceName: 'phone', min: 1, max: '1' },
  { id: 'Patient.telecom:phone.system', path: 'Patient.telecom.system', min: 1, fixedCode: 'phone' },
  { id: 'Patient.telecom:phone.value', path: 'Patient.telecom.value', min: 1 },
  { id: 'Patient.telecom:email', path: 'Patient.telecom', sliceName: 'email', max: '*' },
  { id: 'Patient.telecom:email.system', path: 'Patient.telecom.system', min: 1, fixedCode: 'email' },
];

test('slices told apart by a value are counted, closed, ordered and checked inside', () => {
  const validate = withProfile('Patient', telecom);
  const phone = { system: 'phone', value: '1' };
  const email = { system: 'email', value: 'a@example.org' };
  assert.deepEqual(validate({ telecom: [phone, email, email] }), []);
  assert.match(validate({ telecom: [email] })[0]?.text ?? '', /slice phone needs at least 1/);
  assert.match(validate({ telecom: [phone, phone] })[0]?.text ?? '', /at most 1/);
  assert.match(
    validate({ telecom: [phone, { system: 'fax', value: '2' }] })[0]?.text ?? '',
    /fits none of the slices/,
  );
  assert.match(validate({ telecom: [email, phone] })[0]?.text ?? '', /order of the slices/);
  const inside = validate({ telecom: [{ system: 'phone', use: 'home' }] });
  assert.ok(inside.some((issue) => issue.path === 'Patient.telecom[0].value'));
});

test('slices told apart by a pattern or by what exists', () => {
  const coding = { coding: [{ system: 'http://example.org/codes', code: 'a' }] };
  const byPattern = withProfile('Observation', [
    {
      path: 'Observation.component',
      slicing: { discriminator: [{ type: 'pattern', path: 'code' }], rules: 'open' },
    },
    { path: 'Observation.component', sliceName: 'a', min: 1 },
    { path: 'Observation.component.code', patternCodeableConcept: coding },
  ]);
  const base = { status: 'final', code: { text: 'x' } };
  const named = { code: { ...coding, text: 'A' }, valueString: 'v' };
  assert.deepEqual(byPattern({ ...base, component: [named] }), []);
  assert.match(byPattern({ ...base, component: [{ code: { text: 'A' } }] })[0]?.text ?? '', /slice a/);

  const byExistence = withProfile('Patient', [
    { path: 'Patient.name', slicing: { discriminator: [{ type: 'exists', path: 'period' }], rules: 'open' } },
    { path: 'Patient.name', sliceName: 'current', min: 1, max: '1' },
    { path: 'Patient.name.period', max: '0' },
  ]);
  assert.deepEqual(byExistence({ name: [{ family: 'a' }, { family: 'b', period: { end: '2020' } }] }), []);
  assert.match(
    byExistence({ name: [{ family: 'b', period: { end: '2020' } }] })[0]?.text ?? '',
    /slice current/,
  );
});

test('a choice can be narrowed to a type', () => {
  const validate = withProfile('Observation', [
    { path: 'Observation.value[x]', min: 1, type: [{ code: 'Quantity' }] },
  ]);
  const base = { status: 'final', code: { text: 'x' } };
  assert.deepEqual(validate({ ...base, valueQuantity: { value: 1 } }), []);
  assert.ok(validate({ ...base, valueString: 'one' }).length > 0);
});

function coded(code: string): object {
  return {
    status: 'final',
    code: { coding: [{ system: 'http://example.org/colours', code }] },
  };
}

test('a binding to a loaded value set is kept', () => {
  const valueSet: Resource = {
    resourceType: 'ValueSet',
    url: 'http://example.org/ValueSet/colours',
    status: 'active',
    compose: {
      include: [{ system: 'http://example.org/colours', concept: [{ code: 'red' }, { code: 'blue' }] }],
    },
  };
  const binding = { strength: 'required', valueSet: 'http://example.org/ValueSet/colours' };
  const validate = withProfile('Observation', [{ path: 'Observation.code', binding }], [valueSet]);
  assert.deepEqual(validate(coded('red')), []);
  assert.equal(validate(coded('green'))[0]?.code, 'code-invalid');
});

test('invariants of a profile run, in the words of the profile', () => {
  const constraint = [
    {
      key: 'test-1',
      severity: 'error',
      human: 'An adult needs a phone',
      expression: "telecom.where(system = 'phone').exists()",
    },
  ];
  const validate = withProfile('Patient', [{ path: 'Patient', constraint }]);
  assert.deepEqual(validate({ telecom: [{ system: 'phone', value: '1' }] }), []);
  assert.deepEqual(
    validate({}).map((issue) => [issue.rule, issue.text]),
    [['test-1', 'An adult needs a phone (test-1).']],
  );
});

test('a profile asked for that is not loaded is an error, one that is only named a warning', () => {
  const { validate } = createValidator(openDefinitions());
  const patient: Resource = { resourceType: 'Patient', meta: { profile: ['http://example.org/absent'] } };
  assert.deepEqual(validate(patient), []);
  assert.equal(
    validate(patient, { advice: true }).find((issue) => issue.code === 'not-found')?.severity,
    'warning',
  );
  assert.equal(validate(patient, { profiles: ['http://example.org/other'] })[0]?.severity, 'error');
});

const definitionsFolder = sharedData('interop/ukcore-definitions');
const examplesFolder = sharedData('interop/ukcore-examples');

/** Examples as published that break a rule, each looked at by eye. */
const knownFaults: Record<string, RegExp> = {
  'Extension-UKCore-ConditionEpisode-Example.xml': /Only one of valueCode and valueCodeableConcept/,
  'UKCore-Bundle-NEWS2Observations-Example.xml': /absolute URL/,
  'UKCore-MedicationDispense-Amoxicillin-Example.xml': /cannot be read/,
  'UKCore-MedicationDispense-CiprofloxacinOral-Example.xml': /cannot be read/,
  'UKCore-Patient-BabyPatient-Example.xml': /NHS number/,
  'UKCore-Provenance-RARecordConsent-Example.xml': /StructureDefinition is not allowed/,
};

test(
  'UK Core examples follow the UK Core profiles they name',
  { skip: definitionsFolder.skip || examplesFolder.skip },
  () => {
    const pack = readPackage(definitionsFolder.path, { fromXml });
    const { validate } = createValidator(openDefinitions({ packages: [pack] }));
    const files = readdirSync(examplesFolder.path).filter((file) => file.endsWith('.xml'));
    assert.ok(files.length > 90);
    for (const file of files) {
      const resource = fromXml(readFileSync(join(examplesFolder.path, file), 'utf8'));
      const issues = validate(resource);
      const full = validate(resource, { advice: true }).filter((issue) => issue.severity === 'error');
      assert.deepEqual(issues, full, `${file}: the fast check and the full check agree`);
      const known = knownFaults[file];
      if (known)
        assert.ok(
          issues.some((issue) => known.test(issue.text)),
          file,
        );
      else assert.deepEqual(issues, [], file);
    }
  },
);
