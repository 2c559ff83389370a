import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bannerOf } from './banner.ts';
import { patient, problem } from './made-up-record.ts';
import { lookupOver } from './reading/references.ts';
import { sourceOf } from './reading/sources.ts';
import type { Filed } from './types.ts';

const none = lookupOver([]);
const home = (line: string) => ({ address: [{ use: 'home', line: [line] }] });
const practice = { name: 'Mill Lane Surgery', kind: 'gp-practice', code: 'Y12345' } as const;
const trust = { name: 'Northside Hospitals', kind: 'nhs-trust', code: 'RZZ' } as const;
const spine = { name: 'NHS England', kind: 'other', code: 'X26' } as const;

const at = (filed: Filed, lastUpdated: string, behind?: Filed['behind']): Filed => ({
  ...filed,
  lastUpdated,
  behind,
});

const restriction = { meta: { security: [{ code: 'R' }] } };

test('the GP goes before a trust that wrote later; the national service before both', () => {
  const gp = at(patient('p1', home('1 Old Road')), '2026-01-01T00:00:00Z', practice);
  const hospital = at(
    patient('p2', { ...home('2 New Road'), birthDate: '1950-03-10' }),
    '2026-02-01T00:00:00Z',
    trust,
  );
  const two = bannerOf([hospital, gp], none);
  assert.deepEqual([two.address, two.born], ['1 Old Road', '1950-03-01']);
  const national = at(patient('p3', { birthDate: '1950-03-11' }), '2020-01-01T00:00:00Z', spine);
  const three = bannerOf([hospital, gp, national], none);
  assert.deepEqual([three.address, three.born], ['1 Old Road', '1950-03-11']);
});

test('of two sources as near, the newer wins, and the name keeps its title', () => {
  const before = at(patient('p1', home('1 Old Road')), '2026-01-01T00:00:00Z', trust);
  const titled = { name: [{ use: 'official', prefix: ['Dr'], given: ['Ada'], family: 'Okafor' }] };
  const after = at(patient('p2', { ...home('2 New Road'), ...titled }), '2026-02-01T00:00:00Z', trust);
  const banner = bannerOf([before, after], none);
  assert.deepEqual([banner.address, banner.name], ['2 New Road', 'Dr Ada Okafor']);
  assert.deepEqual(banner.otherNames, ['Ada Grace Okafor']);
});

test('where one source protects the whereabouts, none of any source is given', () => {
  const told = patient('p1', {
    ...home('1 Safe House'),
    telecom: [{ system: 'phone', value: '07700 900000' }],
  });
  const flagged = patient('p2', { ...home('2 Elsewhere'), ...restriction });
  const text = JSON.stringify(bannerOf([told, flagged], none));
  assert.doesNotMatch(text, /Safe House|Elsewhere|07700/);
  assert.match(text, /"restricted":true/);
  assert.doesNotMatch(JSON.stringify(bannerOf([told], none, true)), /Safe House|07700/);
});

test('a message that names its organisation by code alone is said by the organisation', () => {
  const owner = { managingOrganization: { display: 'RZZ', type: 'Organization' } };
  const filed = { ...patient('p1', owner), behind: trust };
  assert.deepEqual(sourceOf(filed, none), { key: 'ods:RZZ', name: 'Northside Hospitals' });
  const delivered = { ...problem('c1', { id: 'nowhere' }), behind: practice };
  assert.equal(sourceOf(delivered, none).name, 'Mill Lane Surgery');
});
