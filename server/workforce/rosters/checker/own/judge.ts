import type { DutyClass, Rule } from '../../packs/index.ts';
import type { PersonInFile, RosterFile, ShiftInFile } from '../../format/index.ts';
import { dateOfDay, dayNumberOf, minutesOf, utcOf, weekdayOfDay } from './clock.ts';
import { dutyOn, isOf, present, worked, type Duty } from './duty.ts';

/**
 * A breach of a rule: the day it shows on, and how much of it there is (hours for limits on minutes, else a
 * count).
 */
export type Finding = { day: number; units: number };

export type Case = {
  file: RosterFile;
  person: PersonInFile;
  rule: Rule;
  classes: Record<string, DutyClass>;
  duties: Duty[];
};

/** How one person's days break one rule. Days are counted from 1970. */
export function judge(given: Case): Finding[] {
  const { rule } = given;
  switch (rule.kind) {
    case 'shift-length':
    case 'no-work-between':
    case 'breaks':
      return ownDuties(given)
        .filter((duty) => isActive(given, duty.day) && isBadAlone(given, duty))
        .map(({ day }) => ({ day, units: 1 }));
    case 'rest-between':
    case 'rest-after-run':
      return judgeRest(given);
    case 'longest-run':
      return judgeLongest(given);
    case 'shortest-run':
      return judgeShortest(given);
    case 'most-in-roster': {
      const count = ownDuties(given).filter((duty) => isOf(duty, rule.of, given.classes)).length;
      const last = lastDay(given.file);
      return count > rule.max && isActive(given, last) ? [{ day: last, units: count - rule.max }] : [];
    }
    case 'hours-in-window':
      return given.duties.flatMap((anchor) => {
        const until = anchor.trueStart + rule.windowMinutes;
        const minutes = (duty: Duty): number =>
          duty.day < anchor.day ? 0 : Math.max(0, Math.min(duty.trueEnd, until) - duty.trueStart);
        return isActive(given, anchor.day) ? tooMuch(anchor.day, given.duties, minutes, rule.maxMinutes) : [];
      });
    case 'average-week':
      return rosterDays(given.file).flatMap((day) => {
        const aWeek = hasOptedOut(given.person, day) ? (rule.optedOut ?? rule.maxMinutes) : rule.maxMinutes;
        if (aWeek === 'no-limit' || !isActive(given, day)) return [];
        const inWindow = given.duties.filter((duty) => duty.day > day - 7 * rule.weeks && duty.day <= day);
        return tooMuch(day, inWindow, worked, aWeek * rule.weeks);
      });
    case 'week-hours':
      return rosterDays(given.file).flatMap((day) => {
        const isLast = weekdayOfDay(day) === 6 || day === lastDay(given.file);
        if (!isLast || !isActive(given, day)) return [];
        const monday = day - weekdayOfDay(day);
        const inWeek = given.duties.filter((duty) => duty.day >= monday && duty.day <= day);
        return tooMuch(day, inWeek, worked, rule.maxMinutes);
      });
    case 'rest-in-period':
      return judgePeriods(given);
    case 'weekends':
      return judgeWeekends(given);
    case 'full-time-week':
    case 'enhancement':
    case 'notice':
    case 'paid-leave':
    case 'overtime':
    case 'compensatory-rest':
    case 'on-call-rest':
      return [];
  }
}

const ownDuties = ({ duties }: Case): Duty[] => duties.filter(({ isPast }) => !isPast);
const firstDay = (file: RosterFile): number => dayNumberOf(file.from);
const lastDay = (file: RosterFile): number => firstDay(file) + file.days - 1;
const rosterDays = (file: RosterFile): number[] =>
  Array.from({ length: file.days }, (_, index) => firstDay(file) + index);

/** Whether a rule is in force on a day, and meant for this person then. */
function isActive({ rule, person }: Case, day: number): boolean {
  const date = dateOfDay(day);
  if (date < rule.from || (rule.to !== undefined && date >= rule.to)) return false;
  if (rule.who === 'night-workers') return person.nightWorker === true;
  if (rule.who === 'special-hazards') return person.specialHazards === true;
  if (rule.who === undefined) return true;
  if (person.born === undefined) return false;
  const [year = 0, month = 1, dayOfMonth = 1] = person.born.split('-').map(Number);
  return day < Date.UTC(year + 18, month - 1, dayOfMonth) / 86_400_000;
}

function hasOptedOut({ optOut }: PersonInFile, day: number): boolean {
  const date = dateOfDay(day);
  return optOut !== undefined && optOut.from <= date && (optOut.to === undefined || date < optOut.to);
}

function isBadAlone({ rule, classes }: Case, duty: Duty): boolean {
  if (rule.kind === 'shift-length') return isOf(duty, rule.of, classes) && present(duty) > rule.maxMinutes;
  if (rule.kind === 'no-work-between') {
    const [from, to] = [minutesOf(rule.start), minutesOf(rule.end)];
    for (let minute = duty.start; minute < duty.end; minute++) {
      const clock = minute % 1440;
      if (from < to ? clock >= from && clock < to : clock >= from || clock < to) return true;
    }
    return false;
  }
  if (rule.kind !== 'breaks') return false;
  return rule.steps.some(
    ({ overMinutes, breakMinutes, of }) =>
      duty.end - duty.start > overMinutes &&
      isOf(duty, of ?? 'any', classes) &&
      duty.breakMinutes < breakMinutes,
  );
}

/** What the roster adds beyond a limit, in hours; what was too much before it is not counted again. */
function tooMuch(day: number, duties: Duty[], minutes: (duty: Duty) => number, max: number): Finding[] {
  const sum = (some: Duty[]): number => some.reduce((total, duty) => total + minutes(duty), 0);
  const added = sum(duties.filter(({ isPast }) => !isPast));
  const excess = Math.min(added, sum(duties) - max);
  return excess > 0 ? [{ day, units: excess / 60 }] : [];
}

function judgeRest(given: Case): Finding[] {
  const { rule, duties, classes } = given;
  if (rule.kind !== 'rest-between' && rule.kind !== 'rest-after-run') return [];
  const found: Finding[] = [];
  for (const [index, next] of duties.entries()) {
    const last = duties[index - 1];
    if (last === undefined || next.isPast || !isActive(given, next.day)) continue;
    if (next.trueStart - last.trueEnd >= rule.minMinutes) continue;
    if (rule.kind === 'rest-after-run') {
      const goesOn = next.day === last.day + 1 && isOf(next, rule.of, classes);
      if (goesOn || runUpTo(given, last.day, rule.of) < rule.length) continue;
    }
    found.push({ day: next.day, units: 1 });
  }
  return found;
}

/** Whether a day is of a class; `off` is a day without a duty. */
function isDayOf({ duties, classes }: Case, day: number, id: string): boolean {
  const duty = duties.find((each) => each.day === day);
  if (id !== 'off') return duty !== undefined && isOf(duty, id, classes);
  return duty === undefined;
}

function runUpTo(given: Case, day: number, id: string): number {
  let length = 0;
  while (day - length >= knownFrom(given) && isDayOf(given, day - length, id)) length++;
  return length;
}

const knownFrom = ({ file, duties }: Case): number =>
  Math.min(firstDay(file), duties[0]?.day ?? firstDay(file));

function judgeLongest(given: Case): Finding[] {
  const { rule } = given;
  if (rule.kind !== 'longest-run') return [];
  return rosterDays(given.file)
    .filter((day) => isActive(given, day) && runUpTo(given, day, rule.of) > rule.max)
    .map((day) => ({ day, units: 1 }));
}

/**
 * A run is judged on its last day, once it is over; not where it may have begun before anything is known, nor
 * where no shift of the roster could make it go on.
 */
function judgeShortest(given: Case): Finding[] {
  const { rule, file } = given;
  if (rule.kind !== 'shortest-run' || !isActive(given, firstDay(file))) return [];
  const isOfClass = (shift: ShiftInFile): boolean =>
    rule.of === 'off' || isOf(dutyOn(firstDay(file), shift, false), rule.of, given.classes);
  if (!file.shifts.some(isOfClass)) return [];
  const found: Finding[] = [];
  for (let day = firstDay(file) - 1; day < lastDay(file); day++) {
    const isOver = isDayOf(given, day, rule.of) && !isDayOf(given, day + 1, rule.of);
    if (!isOver) continue;
    const length = runUpTo(given, day, rule.of);
    const beganUnknown = day - length + 1 <= knownFrom(given);
    if (length > 0 && length < rule.min && !beganUnknown) found.push({ day, units: rule.min - length });
  }
  return found;
}

/** Rests in fixed weeks or fortnights that begin on a Monday, counted from 2024-01-01. */
function judgePeriods(given: Case): Finding[] {
  const { rule, file, duties } = given;
  if (rule.kind !== 'rest-in-period') return [];
  const found: Finding[] = [];
  for (const last of rosterDays(file)) {
    const monday = last - rule.days + 1;
    const isLastOfPeriod = (monday - dayNumberOf('2024-01-01')) % rule.days === 0;
    if (!isLastOfPeriod || !isActive(given, last)) continue;
    const begin = utcOf(monday * 1440);
    const end = utcOf((last + 1) * 1440);
    let restFrom = begin;
    let rests = 0;
    const count = (minutes: number): number => Math.max(0, Math.floor(minutes / rule.restMinutes));
    for (const duty of duties.filter((each) => each.trueEnd > begin && each.trueStart < end)) {
      rests += count(duty.trueStart - restFrom);
      restFrom = Math.max(restFrom, duty.trueEnd);
    }
    rests += count(end - restFrom);
    if (rests < rule.times) found.push({ day: last, units: 1 });
  }
  return found;
}

function judgeWeekends(given: Case): Finding[] {
  const { rule, file, duties } = given;
  if (rule.kind !== 'weekends') return [];
  const isWorkedBy = (saturday: number, some: Duty[]): boolean =>
    some.some(
      ({ day, end }) =>
        day === saturday || day === saturday + 1 || (rule.fridayNights && day === saturday - 1 && end > 1440),
    );
  const past = duties.filter(({ isPast }) => isPast);
  const found: Finding[] = [];
  for (let last = firstDay(file) - 1; last <= lastDay(file); last++) {
    const judged = Math.min(last + 1, lastDay(file));
    if (weekdayOfDay(last) !== 5 || !isActive(given, judged)) continue;
    const window = Array.from({ length: rule.of }, (_, index) => last - 7 * index);
    const all = window.filter((saturday) => isWorkedBy(saturday, duties)).length;
    const before = window.filter((saturday) => isWorkedBy(saturday, past)).length;
    const excess = Math.min(all - before, all - rule.max);
    if (excess > 0) found.push({ day: judged, units: excess });
  }
  return found;
}
