import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { loadOrganisations } from '../../organisations/index.ts';
import { loadMadeUpSystem, madeUpOrganisations } from '../../../test/support/made-up-system.ts';
import { createServices } from '../../services.ts';
import type { Resource } from '../types.ts';
import { updateDirectory } from './index.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-directory-'));
const db = await database();
let now = new Date('2026-03-01T09:00:00Z');
const clock = () => now;
const services = await createServices(db, clock);
after(async () => {
  await services.validator.stop();
  await rm(folder, { recursive: true });
});

await loadMadeUpSystem(db, clock);
const first = await updateDirectory(services);

async function find(type: string, ...query: [string, string][]): Promise<Resource[]> {
  const found = await services.search.search(db, { type, query, handling: 'strict', baseUrl: '' });
  return found.matches.map(({ content }) => JSON.parse(content) as Resource);
}

test('every organisation is found by FHIR search, with who said so', async () => {
  const [practice] = await find('Organization', [
    'identifier',
    'https://fhir.nhs.uk/Id/ods-organization-code|ZZ0001',
  ]);
  assert.partialDeepStrictEqual(practice, {
    name: 'Harbour and Quay Surgery',
    alias: ['Harbour Surgery'],
    active: true,
    meta: { source: madeUpOrganisations.source },
    telecom: [{ system: 'phone', value: '0700 000 0001' }],
    address: [{ line: ['1 Quay Street'], postalCode: 'ZZ1 1AA' }],
  });
  const [merged] = await find('Organization', ['name', 'Quay Surgery'], ['active', 'false']);
  assert.equal(merged?.['name'], 'Quay Surgery');
});

test('a place is part of its system', async () => {
  const [place] = await find('Organization', ['name', 'North Marram']);
  assert.partialDeepStrictEqual(place?.['partOf'], { display: 'Marram Coast' });
});

test('sites, services, posts and memberships lead back to their organisation', async () => {
  const [practice] = await find('Organization', ['name', 'Harbour and Quay']);
  const organization = `Organization/${practice?.id}`;
  const [site] = await find('Location', ['organization', organization]);
  assert.partialDeepStrictEqual(site, {
    name: 'Harbour Surgery',
    position: { longitude: 0.13, latitude: 53.12 },
  });
  const [service] = await find('HealthcareService', ['organization', organization]);
  assert.partialDeepStrictEqual(service, { location: [{ reference: `Location/${site?.id}` }] });
  const [guardian] = await find('PractitionerRole', ['organization', organization]);
  assert.partialDeepStrictEqual(guardian, { practitioner: { display: 'Dr A. Test' } });
  const ties = await find('OrganizationAffiliation', ['primary-organization', organization]);
  assert.equal(ties.length, 3);
});

test('what an organisation belonged to on a day is found by that day', async () => {
  const [practice] = await find('Organization', ['name', 'Harbour and Quay']);
  const on = async (day: string): Promise<unknown[]> => {
    const ties = await find(
      'OrganizationAffiliation',
      ['primary-organization', `Organization/${practice?.id}`],
      ['date', `ge${day}`],
      ['date', `le${day}`],
    );
    return ties.map((tie) => (tie['participatingOrganization'] as { display: string }).display).sort();
  };
  assert.deepEqual(await on('2018-06-01'), []);
  assert.deepEqual(await on('2019-07-02'), ['Harbour', 'Harbour Primary Care Network']);
  assert.deepEqual(await on('2022-04-02'), ['Harbour', 'Harbour Primary Care Network', 'Old Town']);
});

test('every resource is sound FHIR', async () => {
  const types = [
    'Organization',
    'Location',
    'HealthcareService',
    'PractitionerRole',
    'OrganizationAffiliation',
  ];
  let checked = 0;
  for (const type of types) {
    for (const resource of await find(type, ['_count', '100'])) {
      const wrong = services.validator.validate(resource).filter(({ severity }) => severity !== 'warning');
      assert.deepEqual(
        wrong.filter(({ severity }) => severity !== 'information'),
        [],
      );
      checked++;
    }
  }
  assert.equal(checked, first.written);
});

test('nothing is written when nothing changed; the next day only what that day changes', async () => {
  assert.deepEqual(await updateDirectory(services), { written: 0, deleted: 0 });
  now = new Date('2026-03-02T09:00:00Z');
  assert.deepEqual(await updateDirectory(services), { written: 0, deleted: 0 });
  now = new Date('2026-04-01T09:00:00Z');
  const moved = await updateDirectory(services);
  assert.deepEqual(moved, { written: 3, deleted: 0 });
  const [oldTown] = await find('Organization', ['name', 'Old Town']);
  assert.partialDeepStrictEqual(oldTown?.['partOf'], { display: 'South Marram' });
});

test('what a source no longer says is deleted', async () => {
  const organisations = madeUpOrganisations.organisations.map((one) =>
    one.id === 'marram-hospitals' ? { ...one, services: [] } : one,
  );
  const newer = path.join(folder, 'newer.json');
  await writeFile(newer, JSON.stringify({ ...madeUpOrganisations, organisations }));
  await loadOrganisations(db, clock, newer);
  assert.deepEqual(await updateDirectory(services), { written: 0, deleted: 2 });
  assert.equal((await find('HealthcareService')).length, 1);
});
