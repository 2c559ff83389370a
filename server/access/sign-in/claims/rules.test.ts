import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtIn, readClaims, type ClaimRules } from './rules.ts';

const staff: ClaimRules = { provider: 'cis2', kind: 'staff', mapping: builtIn.cis2, leastAssurance: 3 };
const resident: ClaimRules = {
  provider: 'nhs-login',
  kind: 'person',
  mapping: builtIn['nhs-login'],
  leastAssurance: 9,
};
const nurse = {
  iss: 'https://staff.example',
  sub: '5550001',
  display_name: 'Testa Nurse',
  idassurancelevel: '3',
  nhsid_nrbac_roles: [
    { person_roleid: '1', org_code: 'RYX', role_code: 'S8000:G8000:R8001', role_name: 'Nurse' },
    { person_roleid: '2', org_code: 'A81001', role_code: 'S8000:G8000:R8001' },
  ],
};

test('a nurse with two jobs is asked which one, unless she chose at the door', () => {
  const two = readClaims(nurse, staff);
  assert.deepEqual(two.identity.roles, [
    { id: '1', organisation: 'RYX', role: 'R8001', roleName: 'Nurse' },
    { id: '2', organisation: 'A81001', role: 'R8001' },
  ]);
  assert.equal(two.chosen, undefined);
  assert.equal(readClaims({ ...nurse, selected_roleid: '2' }, staff).chosen?.organisation, 'A81001');
});

test('somebody with one job acts in it', () => {
  const one = readClaims({ ...nurse, nhsid_nrbac_roles: nurse.nhsid_nrbac_roles.slice(0, 1) }, staff);
  assert.equal(one.chosen?.id, '1');
});

test('a role of no organisation is no role', () => {
  const claims = { ...nurse, nhsid_nrbac_roles: [{ role_code: 'R8001' }] };
  assert.throws(() => readClaims(claims, staff), { code: 'sign-in/no-role' });
});

test('staff below the asked level of assurance are refused, and told what to do', () => {
  for (const idassurancelevel of ['2', '', 'high', undefined, null])
    assert.throws(() => readClaims({ ...nurse, idassurancelevel }, staff), { code: 'sign-in/assurance' });
});

test('a resident comes in with P9, never with P5 or less', () => {
  const claims = {
    iss: 'https://people.example',
    sub: 'a',
    given_name: 'Ada',
    family_name: 'Okafor',
    nhs_number: '9990000018',
    birthdate: '1950-02-03',
    identity_proofing_level: 'P9',
  };
  const { identity, chosen } = readClaims(claims, resident);
  assert.equal(identity.name, 'Ada Okafor');
  assert.equal(identity.nhsNumber, '9990000018');
  assert.equal(chosen, undefined);
  for (const level of ['P5', 'P0', 'P10', undefined])
    assert.throws(() => readClaims({ ...claims, identity_proofing_level: level }, resident), {
      code: 'sign-in/assurance',
    });
  assert.throws(() => readClaims({ ...claims, nhs_number: undefined }, resident), {
    code: 'sign-in/no-nhs-number',
  });
});

test('a claim of an odd shape is no claim', () => {
  for (const roles of ['R8001', { org_code: 'RYX' }, [null, 3, 'x', []]])
    assert.throws(() => readClaims({ ...nurse, nhsid_nrbac_roles: roles }, staff), {
      code: 'sign-in/no-role',
    });
});
