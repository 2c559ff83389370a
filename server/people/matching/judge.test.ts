import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  compare,
  defaultModel,
  judge,
  keysOf,
  normalise,
  type Judgement,
  type Particulars,
} from './index.ts';
import { crowd } from '../crowd.fixture.ts';

const anna: Particulars = {
  nhsNumber: '9434765919',
  given: ['Anna'],
  family: ['Kowalska'],
  birthDate: '1980-04-03',
  sex: 'female',
  addresses: [{ lines: ['12 High Street'], place: 'Leeds', postcode: 'LS1 4AP' }],
  phones: ['07700 900123'],
};

const others = (particulars: Particulars): Particulars => ({ ...particulars, nhsNumber: undefined });

function verdict(arriving: Particulars, ...known: Particulars[]): Judgement {
  const record = normalise(arriving);
  const candidates = known.map((each, index) => ({
    of: `person ${index + 1}`,
    evidence: compare(record, normalise(each), defaultModel),
  }));
  return judge(candidates, defaultModel);
}

test('the same NHS number and date of birth link', () => {
  const { verdict: said, method, of } = verdict({ ...anna, phones: [] }, anna);
  assert.deepEqual([said, method, of], ['link', 'nhs-number-and-birth-date', 'person 1']);
});

test('a number with part of the date links when name or postcode area agrees too', () => {
  const exchanged = { ...anna, birthDate: '1980-03-04' };
  assert.equal(verdict(exchanged, anna).method, 'nhs-number-cross-check');
  assert.equal(verdict(exchanged, anna).verdict, 'link');
});

test('a number on somebody with another date and name is quarantined, never linked', () => {
  const said = verdict(
    { nhsNumber: '9434765919', given: ['Brian'], family: ['Holt'], birthDate: '1951-11-30' },
    anna,
  );
  assert.deepEqual([said.verdict, said.queue], ['review', 'quarantine']);
});

test('two valid NHS numbers never link; a close likeness goes to the sealed queue', () => {
  const said = verdict({ ...anna, nhsNumber: '4010232137' }, anna);
  assert.deepEqual([said.verdict, said.queue], ['review', 'sealed']);
});

test('a record without a number links when enough else agrees', () => {
  const said = verdict(others(anna), anna);
  assert.deepEqual([said.verdict, said.method], ['link', 'probabilistic']);
});

test('a name and a sex alone never link', () => {
  assert.notEqual(verdict({ given: ['Anna'], family: ['Kowalska'], sex: 'female' }, anna).verdict, 'link');
});

test('a name and a date of birth alone never link', () => {
  const said = verdict({ given: ['Anna'], family: ['Kowalska'], birthDate: '1980-04-03' }, anna);
  assert.equal(said.verdict, 'review');
});

test('a twin at the same home is not linked', () => {
  const said = verdict(others({ ...anna, given: ['Joanna'] }), others({ ...anna, given: ['Magda'] }));
  assert.equal(said.verdict, 'review');
  assert.deepEqual(said.reasons, ['twins']);
});

test('a brother and a sister of one birth, with names much alike, are not linked; one letter more in a name, of one sex, is', () => {
  const oliver = others({ ...anna, given: ['Oliver'], sex: 'male' });
  const said = verdict(others({ ...anna, given: ['Olivia'], sex: 'female' }), oliver);
  assert.deepEqual([said.verdict, said.reasons], ['review', ['sex and given name differ']]);
  assert.equal(verdict(others({ ...anna, given: ['Oliverr'], sex: 'male' }), oliver).verdict, 'link');
});

test('a twin under the number of the other is looked at, not linked', () => {
  const twin = { ...anna, given: ['Magda'], nhsNumber: '4010232137' };
  const said = verdict({ ...twin, nhsNumber: anna.nhsNumber }, anna, twin);
  assert.deepEqual([said.verdict, said.queue], ['review', 'quarantine']);
  assert.equal(verdict({ ...twin, nhsNumber: anna.nhsNumber }, anna).verdict, 'link');
});

test('two people who fit almost equally well go to review', () => {
  const said = verdict(
    others(anna),
    others(anna),
    others({ ...anna, phones: ['07700 900124', '07700 900123'] }),
  );
  assert.equal(said.verdict, 'review');
  assert.ok(said.margin < defaultModel.thresholds.margin);
});

test('nobody known is somebody new', () => {
  assert.equal(verdict(anna).verdict, 'new');
});

test('comparing is the same both ways round, and contributions add up to the weight', () => {
  const records = crowd(400, 9).map(normalise);
  fc.assert(
    fc.property(fc.nat(399), fc.nat(399), (i, j) => {
      const [a, b] = [records[i]!, records[j]!];
      const forth = compare(a, b, defaultModel);
      assert.deepEqual(compare(b, a, defaultModel), forth);
      const sum = forth.contributions.reduce((total, each) => total + each.weight, defaultModel.prior);
      assert.equal(sum, forth.weight);
    }),
    { numRuns: 2_000 },
  );
});

test('keys are sorted, without repeats, signed 64-bit, and the same for the same record', () => {
  for (const record of crowd(200, 4).map(normalise)) {
    const keys = keysOf(record, defaultModel);
    assert.deepEqual(keysOf(structuredClone(record), defaultModel), keys);
    keys.forEach((key, at) => {
      assert.equal(BigInt.asIntN(64, key), key);
      if (at > 0) assert.ok(key > keys[at - 1]!);
    });
  }
});
