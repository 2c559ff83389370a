/** A place on Earth in degrees, WGS 84. */
export type Position = { latitude: number; longitude: number };

/** A circle around a place. `assumed` says that the distance is ours, because none was given. */
export type Near = Position & { metres: number; assumed?: true };

/** A stretch of latitudes, ends included, and the meridian cells a search has to look in. */
export type Surroundings = { south: number; north: number; cells: number[] };

/** Mean radius R1 of the Earth, to the decimetre. Source: H. Moritz, "Geodetic Reference System 1980", Journal of Geodesy 74 (2000), 128-133. */
export const earthRadiusMetres = 6_371_008.8;

/** True for degrees that name a place: latitude -90 to 90, longitude -180 to 180. */
export function isOnEarth({ latitude, longitude }: Position): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

const cellCount = 360;

/** The whole degree of longitude a place is filed under, 0 (from 180 west) to 359, so that an index narrows both ways. */
export function meridianCell(longitude: number): number {
  return (Math.floor(longitude) + 180) % cellCount;
}

/** Degrees that rounding may cost: about a tenth of a millimetre on the ground. */
const slack = 1e-9;
const degrees = 180 / Math.PI;

/**
 * Latitudes and meridian cells that hold every place within a great-circle distance. A circle that reaches over a pole
 * meets all meridians. Else the easternmost point makes a right angle with the centre and the pole, and by Napier's rules
 * sin(difference of longitude) = sin(distance as an angle) / cos(latitude).
 */
export function surroundings({ latitude, longitude }: Position, metres: number): Surroundings {
  const angle = metres / earthRadiusMetres;
  const reach = angle * degrees + slack;
  const south = Math.max(-90, latitude - reach);
  const north = Math.min(90, latitude + reach);
  if (Math.abs(latitude) + reach >= 90) return { south, north, cells: everyCell };
  const aside = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(latitude / degrees))) * degrees + slack;
  return { south, north, cells: cellsBetween(longitude - aside, longitude + aside) };
}

const everyCell = Array.from({ length: cellCount }, (_, cell) => cell);

/** Cells from a western to an eastern longitude, either of which may lie beyond 180. */
function cellsBetween(west: number, east: number): number[] {
  const first = Math.floor(west);
  const count = Math.floor(east) - first + 1;
  if (count >= cellCount) return everyCell;
  return Array.from({ length: count }, (_, step) => (first + step + 180 + cellCount) % cellCount);
}
