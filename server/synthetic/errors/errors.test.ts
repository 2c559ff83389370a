import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dayOf } from '../calendar.ts';
import { makeHousehold } from '../lives/household.ts';
import { particularsOn } from '../lives/particulars.ts';
import { feedKinds } from '../place/types.ts';
import { Random } from '../random.ts';
import { makeWorld } from '../world.ts';
import { openRecord, saidOn } from './source-record.ts';
import { conditionalErrors, errorKinds, habits } from './table.ts';
import { slip, slipOfDigits, withoutMarks } from './typos.ts';

const world = makeWorld({ people: 12_000, seed: 4, until: dayOf('2026-03-31')! });

/** A record of every person at one partner of each kind, opened on the last day. */
function recordsAt(kind: (typeof feedKinds)[number]) {
  const partner = world.partnersWho(kind)[0]!;
  const records = [];
  for (let index = 0, firstNumber = 0; index < world.households; index++) {
    const household = makeHousehold(world, index);
    const placed = { household, firstNumber };
    for (const person of household.people) {
      const from = person.died ?? world.until;
      records.push(
        openRecord(world.seed, world.until, { partner, placed, person, from, ordinal: 0, localId: '' }),
      );
    }
    firstNumber += household.numbers;
  }
  return records;
}

for (const kind of feedKinds)
  test(`records of ${kind} go wrong as often as the table says`, () => {
    const records = recordsAt(kind);
    for (const error of errorKinds) {
      const rate = habits[kind].errors[error];
      const share = records.filter(({ errors }) => errors.includes(error)).length / records.length;
      const noise = 4 * Math.sqrt((rate * (1 - rate)) / records.length) + 0.0005;
      assert.ok(share <= rate + noise, `${error}: ${share}, at most ${rate}`);
      if (!conditionalErrors.has(error))
        assert.ok(share >= rate * 0.9 - noise, `${error}: ${share}, not ${rate}`);
    }
  });

test('a nickname, a former name and lost marks happen to those who have them', () => {
  const happened = new Set(recordsAt('voluntary').flatMap(({ errors }) => errors));
  for (const error of [
    'nickname',
    'former-family',
    'diacritics-lost',
    'other-spelling',
    'double-name-halved',
  ] as const)
    assert.ok(happened.has(error), error);
});

test('a record without errors says what is true', () => {
  for (const record of recordsAt('gp').slice(0, 3000)) {
    if (record.errors.length > 0) continue;
    const true_ = particularsOn(record.placed, record.person, record.from);
    const said = saidOn(record, record.from);
    assert.deepEqual(
      [said.nhsNumber, said.family, said.given, said.sex],
      [true_.nhsNumber, true_.family, true_.given, true_.sex],
    );
    assert.equal(said.postcode, true_.address.postcode);
  }
});

test('every date of birth is a date, whatever went wrong', () => {
  for (const record of recordsAt('voluntary'))
    for (const { said } of record.versions) assert.notEqual(dayOf(said.born), undefined, said.born);
});

test('a slip changes a word a little', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Henderson', 'Okonkwo', 'Philips', 'Barnes', 'Catherine'),
      fc.nat(),
      (word, seed) => {
        const wrong = slip(new Random(seed), word);
        assert.notEqual(wrong, word);
        assert.ok(Math.abs(wrong.length - word.length) <= 2 && wrong[0] === word[0]);
      },
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 9_990_000_000, max: 9_999_999_999 }), fc.nat(), (number, seed) => {
      const wrong = slipOfDigits(new Random(seed), String(number));
      assert.match(wrong, /^\d{10}$/);
      assert.notEqual(wrong, String(number));
    }),
  );
});

test('letters lose their marks', () => {
  assert.equal(
    withoutMarks('Łukasz Gülşen Siobhán João Ștefan Yılmaz'),
    'Lukasz Gulsen Siobhan Joao Stefan Yilmaz',
  );
});
