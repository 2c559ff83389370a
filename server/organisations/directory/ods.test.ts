import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { Problem } from '../../platform/errors.ts';
import { createOrganisations, loadOrganisations, odsSystem } from '../index.ts';
import { readOds } from './ods.ts';

const extension = (name: string, parts: object[]) => ({
  url: `https://fhir.nhs.uk/England/StructureDefinition/Extension-England-${name}`,
  extension: parts,
});

const period = (type: string, start: string, end?: string) =>
  extension('TypedPeriod', [
    { url: 'dateType', valueCoding: { code: type } },
    { url: 'period', valuePeriod: { start, ...(end !== undefined && { end }) } },
  ]);

const role = (code: string, ...periods: object[]) =>
  extension('OrganisationRole', [
    { url: 'roleCode', valueCodeableConcept: { coding: [{ code, display: code }] } },
    ...periods,
  ]);

const practice = {
  resourceType: 'Organization',
  identifier: [{ system: odsSystem, value: 'ZZ111' }],
  active: true,
  name: 'TEST PRACTICE',
  extension: [
    role('RO177', period('Legal', '1990-01-01'), period('Operational', '1991-01-01')),
    role('RO76', period('Operational', '1992-01-01', '2020-03-31')),
  ],
};

const affiliation = (code: string) => ({
  resourceType: 'OrganizationAffiliation',
  id: '42',
  period: { start: '2019-07-01', end: '2024-03-31' },
  organization: { identifier: { value: 'ZZ111' } },
  participatingOrganization: { identifier: { value: 'ZZ222' } },
  code: [{ coding: [{ code }] }],
});

test('a practice is told from other prescribers by its role, and its operational dates are used', () => {
  const [said] = readOds(practice, 'a.json').organisations;
  assert.partialDeepStrictEqual(said, {
    descriptions: [{ kind: 'gp-practice', name: 'TEST PRACTICE', from: '1991-01-01' }],
    odsRoles: [
      { code: 'RO177', from: '1991-01-01', to: null },
      { code: 'RO76', from: '1992-01-01', to: '2020-04-01' },
    ],
  });
});

test('a partner of a network is its member up to the day after the last', () => {
  const { affiliated } = readOds(affiliation('RE8'), 'a.json');
  assert.partialDeepStrictEqual(affiliated[0]?.memberships, [
    { body: { value: 'ZZ222' }, kind: 'member', from: '2019-07-01', to: '2024-04-01', key: 'ods:42' },
  ]);
});

test('geography is not membership, and who is paid says nothing of either', () => {
  assert.equal(readOds(affiliation('RE5'), 'a.json').affiliated[0]?.memberships[0]?.kind, 'located-in');
  assert.equal(readOds(affiliation('RE10'), 'a.json').otherRelationships, 1);
});

test('a resource without a code or name is refused with its place', () => {
  const nameless = { resourceType: 'Bundle', entry: [{ resource: { ...practice, name: undefined } }] };
  assert.throws(
    () => readOds(nameless, 'a.json'),
    (error) => error instanceof Problem && error.place === 'a.json, entry 1, Organization.name',
  );
});

const clock = () => new Date('2026-03-01T09:00:00Z');
const samples = sharedData('interop/ods');

test('the published samples load, and again without change', { skip: samples.skip }, async (t) => {
  const db = await database(t);
  const { files, ids } = await loadOrganisations(db, clock, samples.path);
  assert.equal(files.filter(({ state }) => state === 'loaded').length, 3);
  assert.ok(ids.length > 0);
  const organisations = createOrganisations(db);
  const leeds = await organisations.organisationByIdentifier({ system: odsSystem, value: 'RR8' });
  assert.partialDeepStrictEqual(await organisations.findOrganisation(leeds!, '2026-03-01'), {
    kind: 'nhs-trust',
    name: 'LEEDS TEACHING HOSPITALS NHS TRUST',
  });
  assert.equal(await organisations.findOrganisation(leeds!, '1998-03-31'), undefined);
  const again = await loadOrganisations(db, clock, samples.path);
  assert.ok(again.files.every(({ state }) => state !== 'loaded'));
});
