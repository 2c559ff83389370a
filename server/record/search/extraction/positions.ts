import { numberOf } from '../numbers.ts';
import type { Param } from '../parameters/types.ts';
import { isOnEarth, meridianCell } from '../positions.ts';
import type { IndexRow } from './index-row.ts';

/** A position is one row: low is its latitude, high its longitude, and its meridian cell stands as the qualifier. */
export function addPosition(
  row: IndexRow,
  param: Param,
  value: { latitude?: unknown; longitude?: unknown },
): void {
  const latitude = numberOf(value.latitude);
  const longitude = numberOf(value.longitude);
  if (!isOnEarth({ latitude, longitude })) return;
  row.present(param.ordinal);
  row.numbers.add(param.ordinal, 0, meridianCell(longitude), 0, 0, latitude, longitude);
}
