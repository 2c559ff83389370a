import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nhsNumberSystem as system } from '../../people/index.ts';
import { isSamePerson } from './same-person.ts';

const ada = {
  resourceType: 'Patient',
  identifier: [
    { system, value: '9990000018' },
    { system: 'local', value: '1' },
  ],
  name: [{ family: 'Okafor', given: ['Ada', 'Jane'] }],
  birthDate: '1950-03-01',
};

test('a new address, a married name or a new local number is of the same person', () => {
  const changes = [
    { address: [{ city: 'Sandhythe' }] },
    { name: [{ family: 'Evans', given: ['Ada'] }] },
    { name: [{ text: 'Jo OKAFOR' }] },
    { identifier: [{ system, value: '999 000 0018' }] },
  ];
  for (const change of changes) assert.ok(isSamePerson(ada, { ...ada, ...change }), JSON.stringify(change));
  assert.ok(isSamePerson({ ...ada, name: undefined }, ada));
});

test('another NHS number, none, a second one, another date of birth or another whole name is another person', () => {
  const changes = [
    { identifier: [{ system, value: '9990000026' }] },
    { identifier: [] },
    { identifier: [...ada.identifier, { system, value: '9990000026' }] },
    { birthDate: '1950-03-02' },
    { birthDate: undefined },
    { name: [{ family: 'Evans', given: ['Ben'] }] },
    { name: [] },
  ];
  for (const change of changes) assert.ok(!isSamePerson(ada, { ...ada, ...change }), JSON.stringify(change));
});
