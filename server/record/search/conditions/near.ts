import type { Param } from '../parameters/types.ts';
import { surroundings, type Near } from '../positions.ts';
import { or, type Condition } from './types.ts';

/** What a position asks: to lie in one of some circles. */
export function nearCondition(param: Param, places: readonly Near[]): Condition {
  return or(
    places.map((place): Condition => ({
      is: 'near',
      param: param.ordinal,
      place,
      within: surroundings(place, place.metres),
    })),
  );
}
