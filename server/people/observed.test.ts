import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observed } from './observed.ts';

const number = (value: string, use?: string): unknown => ({
  system: 'https://fhir.nhs.uk/Id/nhs-number',
  value,
  use,
});

test('an NHS number is read with its spaces taken out', () => {
  assert.equal(observed('a', { identifier: [number('943 476 5919')] }).nhsNumber, '9434765919');
});

test('an old, temporary or mistyped NHS number is not used', () => {
  for (const identifier of [
    number('9434765919', 'old'),
    number('9434765919', 'temp'),
    number('9434765910'),
  ]) {
    assert.equal(observed('a', { identifier: [identifier] }).nhsNumber, undefined);
  }
});

test('the usual name is the name; a maiden name is a former one', () => {
  const seen = observed('a', {
    name: [
      { use: 'maiden', family: 'Hale', given: ['Rosa'] },
      { use: 'official', family: 'Okafor', given: ['Rosa', 'May'] },
    ],
  });
  assert.deepEqual([seen.family, seen.given], [['Okafor'], ['Rosa', 'May']]);
  assert.deepEqual(seen.previousNames, [{ family: 'Hale', given: 'Rosa' }]);
});

test('a name that is one text only is read as it is', () => {
  assert.deepEqual(observed('a', { name: [{ text: 'Rosa May Okafor' }] }).fullNames, ['Rosa May Okafor']);
});

test('the home of today comes before past homes', () => {
  const seen = observed('a', {
    address: [
      { use: 'old', postalCode: 'ZZ1 1AA' },
      { use: 'home', postalCode: 'ZZ2 2BB', line: ['2 New Street'] },
    ],
  });
  assert.deepEqual(
    seen.addresses?.map(({ postcode }) => postcode),
    ['ZZ2 2BB', 'ZZ1 1AA'],
  );
});

test('a protected person is marked', () => {
  assert.equal(observed('a', { meta: { security: [{ code: 'R' }] } }).restricted, true);
  assert.equal(observed('a', { meta: { security: [{ code: 'HTEST' }] } }).restricted, false);
});

test('values of the wrong kind are passed over', () => {
  const seen = observed('a', { name: 'Rosa', identifier: {}, birthDate: 1950, address: [null, 3] });
  assert.deepEqual(
    [seen.family, seen.nhsNumber, seen.birthDate, seen.addresses],
    [[], undefined, undefined, []],
  );
});
