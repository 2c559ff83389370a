import { precisionRange } from '../numbers.ts';
import { isOnEarth, type Near } from '../positions.ts';
import { split } from './split.ts';
import type { Refusal } from './types.ts';

/** What is near when no distance is given, which FHIR leaves to the server. */
export const usualMetres = 10_000;

const metresIn: ReadonlyMap<string, number> = new Map([
  ['', 1000],
  ['km', 1000],
  ['m', 1],
  ['mi_i', 1609.344],
  ['[mi_i]', 1609.344],
]);

/**
 * Reads `latitude|longitude|distance|unit`. The unit is km, m or the mile `[mi_i]`, km when left out; without a distance it
 * does not matter. Source: FHIR R4, SearchParameter Location-near; units are UCUM codes.
 */
export function readNear(value: string): Near | Refusal {
  const [latitude, longitude, distance = '', unit = '', ...more] = split(value, '|');
  const place = { latitude: numberIn(latitude), longitude: numberIn(longitude) };
  if (Number.isNaN(place.latitude) || Number.isNaN(place.longitude) || more.length > 0)
    return invalid('near is latitude|longitude|distance|unit, such as 53.8|-1.55|5|km.');
  if (!isOnEarth(place)) return invalid('A latitude is from -90 to 90, a longitude from -180 to 180.');
  if (distance === '') return { ...place, metres: usualMetres, assumed: true };
  const metresEach = metresIn.get(unit);
  if (metresEach === undefined) return invalid('The unit of near is km, m or [mi_i], the mile.');
  const length = numberIn(distance);
  if (!(length >= 0 && length < Infinity)) return invalid('The distance of near is a number, zero or more.');
  return { ...place, metres: length * metresEach };
}

const numberIn = (text = ''): number => precisionRange(text)?.value ?? Number.NaN;

const invalid = (refused: string): Refusal => ({ refused, code: 'invalid' });
