import assert from 'node:assert/strict';
import { test } from 'node:test';
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

const form = { hourCycle: 'h23', dateStyle: 'short', timeStyle: 'short' } as const;
const london = new Intl.DateTimeFormat('en-CA', { ...form, timeZone: 'Europe/London' });
const clockAt = (utcMinute: number): string => london.format(utcMinute * 60_000);
/** What a clock shows that never changes, in the same form. */
const plain = new Intl.DateTimeFormat('en-CA', { ...form, timeZone: 'UTC' });

test('at a true minute the clocks show the time meant, 2026 to 2030; times they skip are an hour on', () => {
  const last = dayNumber('2031-01-01')!;
  const springs = new Set([2026, 2027, 2028, 2029, 2030].map((year) => clockChanges(year).spring));
  const changes = new Set(
    [2026, 2027, 2028, 2029, 2030].flatMap((year) => Object.values(clockChanges(year))),
  );
  for (let day = dayNumber('2026-01-01')!; day < last; day++)
    for (let minute = 0; minute < 1440; minute += changes.has(day) ? 1 : 360) {
      const isSkipped = springs.has(day) && minute >= 60 && minute < 120;
      const shown = day * 1440 + minute + (isSkipped ? 60 : 0);
      assert.equal(
        clockAt(trueMinute(day, minute)),
        plain.format(shown * 60_000),
        `${dateOf(day)} ${minute}`,
      );
    }
});

test('of two minutes with the same time in October the first is meant', () => {
  const { autumn } = clockChanges(2026);
  assert.equal(trueMinute(autumn, 119) - trueMinute(autumn, 0), 119);
  assert.equal(trueMinute(autumn, 120) - trueMinute(autumn, 119), 61);
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
