import { earthRadiusMetres, type Position } from '../positions.ts';
import type { Bindings } from './bindings.ts';

/**
 * Great-circle distance in metres from a place to stored degrees, by the haversine formula, which keeps small distances exact.
 * Source: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), 159.
 */
export function metresSql(latitude: string, longitude: string, from: Position, bindings: Bindings): string {
  const here = bindings.add(from.latitude, 'float8');
  const beside = bindings.add(from.longitude, 'float8');
  const [up, aside] = [`${latitude} - ${here}`, `${longitude} - ${beside}`].map(squareOfHalf);
  return `(${2 * earthRadiusMetres} * asin(least(1, sqrt(${up} + cosd(${here}) * cosd(${latitude}) * ${aside}))))`;
}

/** Differences go by the millionth of a millionth of a degree: PostgreSQL refuses to square what is next to nothing. */
const squareOfHalf = (difference: string): string => `power(sind(round((${difference}) * 1e12) / 2e12), 2)`;
