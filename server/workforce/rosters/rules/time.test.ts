import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utcOf } from '../checker/own/clock.ts';
import { presentMinutes } from './duties.ts';
import { clockChanges, dateOf, dayNumber, trueMinute, weekdayOf } from './time.ts';

test('clocks change on the last Sundays of March and October', () => {
  const days = [2026, 2027, 2028, 2029, 2030].map((year) => {
    const { spring, autumn } = clockChanges(year);
    return [dateOf(spring), dateOf(autumn)];
  });
  assert.deepEqual(days, [
    ['2026-03-29', '2026-10-25'],
    ['2027-03-28', '2027-10-31'],
    ['2028-03-26', '2028-10-29'],
    ['2029-03-25', '2029-10-28'],
    ['2030-03-31', '2030-10-27'],
  ]);
});

test('true minutes agree with the time zone tables of the platform, 2026 to 2030, each hour and around each change', () => {
  const last = dayNumber('2031-01-01')!;
  for (let day = dayNumber('2026-01-01')!; day < last; day++)
    for (let minute = 0; minute < 1440; minute += 180)
      assert.equal(trueMinute(day, minute), utcOf(day * 1440 + minute), `${dateOf(day)} ${minute}`);
  for (const year of [2026, 2027, 2028, 2029, 2030])
    for (const day of Object.values(clockChanges(year)))
      for (let minute = 0; minute < 240; minute++)
        assert.equal(trueMinute(day, minute), utcOf(day * 1440 + minute), `${dateOf(day)} ${minute}`);
});

test('a night over the change in March is an hour shorter, in October an hour longer', () => {
  const night = { start: 20 * 60, end: 32 * 60, breakMinutes: 0, unpaidMinutes: 0 };
  const hours = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-10-23', '2026-10-24', '2026-10-25'].map(
    (date) => presentMinutes(dayNumber(date)!, night) / 60,
  );
  assert.deepEqual(hours, [12, 11, 12, 12, 13, 12]);
});

test('days of the calendar are told from others, and weekdays start on Monday', () => {
  assert.equal(dayNumber('2026-02-29'), undefined);
  assert.equal(dayNumber('2028-02-29'), dayNumber('2028-03-01')! - 1);
  assert.equal(weekdayOf(dayNumber('2026-06-01')!), 0);
  assert.equal(weekdayOf(-1), 2);
});
