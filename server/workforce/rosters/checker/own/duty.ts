import type { DutyClass } from '../../packs/index.ts';
import type { PersonInFile, RosterFile, ShiftInFile } from '../../format/index.ts';
import { dayNumberOf, minutesOf, utcOf } from './clock.ts';

/**
 * A duty on a day of the calendar, counted from 1970, with its planned minutes on the clock and its true ones.
 */
export type Duty = {
  day: number;
  isPast: boolean;
  start: number;
  end: number;
  trueStart: number;
  trueEnd: number;
  breakMinutes: number;
  unpaidMinutes: number;
};

type Times = Pick<ShiftInFile, 'start' | 'end' | 'breakMinutes' | 'unpaidMinutes'>;

export function dutyOn(day: number, times: Times, isPast: boolean): Duty {
  const start = minutesOf(times.start);
  const end = minutesOf(times.end) > start ? minutesOf(times.end) : minutesOf(times.end) + 1440;
  return {
    day,
    isPast,
    start,
    end,
    trueStart: utcOf(day * 1440 + start),
    trueEnd: utcOf(day * 1440 + end),
    breakMinutes: times.breakMinutes,
    unpaidMinutes: times.unpaidMinutes ?? times.breakMinutes,
  };
}

/**
 * Everything a person did before the roster and does in it, in order of time. Cells that name no shift are
 * passed over.
 */
export function dutiesOf(file: RosterFile, person: PersonInFile, cells: readonly string[]): Duty[] {
  const shiftOf = (id: string): ShiftInFile | undefined => file.shifts.find((shift) => shift.id === id);
  const past = (person.worked ?? []).map((duty) =>
    dutyOn(dayNumberOf(duty.date), 'shift' in duty ? shiftOf(duty.shift)! : duty, true),
  );
  const first = dayNumberOf(file.from);
  const now = cells.flatMap((id, index) => {
    const shift = shiftOf(id);
    return shift === undefined ? [] : [dutyOn(first + index, shift, false)];
  });
  return [...past, ...now].toSorted((a, b) => a.day - b.day);
}

export const present = ({ trueStart, trueEnd }: Duty): number => trueEnd - trueStart;
export const worked = (duty: Duty): number => present(duty) - duty.unpaidMinutes;

/** Whether a duty is of a class of its pack. A minute of night lies between 23:00 and 06:00. */
export function isOf(duty: Duty, id: string, classes: Record<string, DutyClass>): boolean {
  if (id === 'any') return true;
  const { overMinutes = -1, nightMinutes = 0, endsAfter, not } = classes[id]!;
  let night = 0;
  for (let minute = duty.start; minute < duty.end; minute++)
    if (minute % 1440 >= 23 * 60 || minute % 1440 < 6 * 60) night++;
  if (duty.end - duty.start <= overMinutes || night < nightMinutes) return false;
  if (endsAfter !== undefined && duty.end <= minutesOf(endsAfter)) return false;
  return not === undefined || !isOf(duty, not, classes);
}
