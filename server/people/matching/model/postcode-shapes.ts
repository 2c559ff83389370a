import type { PostcodePart } from './types.ts';

/** A part of a whole postcode in its normal form, as the first group. DuckDB reads these as JavaScript does. */
export const postcodeShapes: Readonly<Record<PostcodePart, RegExp>> = {
  sector: /^([a-z]{1,2}[0-9][a-z0-9]?[0-9])[a-z]{2}$/,
  area: /^([a-z]{1,2})[0-9][a-z0-9]?[0-9][a-z]{2}$/,
};
