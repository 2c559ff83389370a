import type { Resource } from '../types.ts';

/** When a line of a file says that its resource was changed, in milliseconds since 1970; NaN when it does not say. */
export type LineVersion = number;

/** For Patients: a monthly file of a practice may tell of one twice. Other resources are not compared. */
export function lineVersionOf({ resourceType, meta }: Resource): LineVersion | undefined {
  if (resourceType !== 'Patient') return undefined;
  return meta?.lastUpdated === undefined ? Number.NaN : Date.parse(meta.lastUpdated);
}

/** Whether a line follows an earlier one. Where only one tells its time, nobody can say. */
export const isLater = (line: LineVersion, earlier: LineVersion): boolean =>
  Number.isNaN(line) ? Number.isNaN(earlier) : line >= earlier;
