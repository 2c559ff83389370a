import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as holds, date as anyDate, property } from 'fast-check';
import { isDate, isDateTime, isInstant, isTime } from './dates.ts';

test('dates are real days, months or years', () => {
  for (const text of ['2019', '2019-05', '2019-05-14', '2020-02-29', '0001-01-01'])
    assert.ok(isDate(text), text);
  for (const text of [
    '0000',
    '2019-13',
    '2019-00',
    '2019-02-29',
    '2019-02-30',
    '2019-5-1',
    '19',
    '2019-05-14T',
    ' 2019',
  ]) {
    assert.ok(!isDate(text), text);
  }
});

test('a date with a time needs seconds and a zone', () => {
  for (const text of ['2019-05-14T10:11:12Z', '2019-05-14T10:11:12.345+14:00', '2016-12-31T23:59:60Z'])
    assert.ok(isDateTime(text), text);
  for (const text of [
    '2019-05-14T10:11Z',
    '2019-05-14T10:11:12',
    '2019-05-14T24:00:00Z',
    '2019-05-14T10:11:12+15:00',
    '2019-05T10:11:12Z',
  ]) {
    assert.ok(!isDateTime(text), text);
  }
});

test('times have hours, minutes and seconds', () => {
  for (const text of ['00:00:00', '23:59:59.999']) assert.ok(isTime(text), text);
  for (const text of ['24:00:00', '10:11', '10:11:12Z', '10:11:12.']) assert.ok(!isTime(text), text);
});

test('every moment JavaScript can write is an instant, and its day a date', () => {
  holds(
    property(
      anyDate({
        min: new Date('0001-01-02T00:00:00Z'),
        max: new Date('9999-12-30T00:00:00Z'),
        noInvalidDate: true,
      }),
      (date) => {
        const text = date.toISOString();
        return isInstant(text) && isDateTime(text) && isDate(text.slice(0, 10));
      },
    ),
  );
});
