import { clockMinutes, minutesADay, type Shape } from '../rules/index.ts';
import type { RosterFile, ShiftInFile, WorkedInFile } from './schema.ts';

type Times = { start: string; end: string; breakMinutes: number; unpaidMinutes?: number };

/**
 * The times of a shift as minutes; an end not after the start is on the next day. Without another word breaks
 * are not paid.
 */
export function shapeOf({ start, end, breakMinutes, unpaidMinutes }: Times): Shape {
  const from = clockMinutes(start);
  const to = clockMinutes(end);
  const last = to > from ? to : to + minutesADay;
  return { start: from, end: last, breakMinutes, unpaidMinutes: unpaidMinutes ?? breakMinutes };
}

/** The shape of a duty worked: of a shift of the file, or with times of its own. */
export function shapeWorked(file: RosterFile, duty: WorkedInFile): Shape {
  if (!('shift' in duty)) return shapeOf(duty);
  return shapeOf(file.shifts.find(({ id }) => id === duty.shift) as ShiftInFile);
}
