/** One person's days and what they have added up to, so that a change of a few days is judged without reading the rest. */
export type Tally = {
  readonly days: Uint8Array;
  /** Whether the days it began with are legal, but for sums that may be broken at a price. */
  readonly isPossible: boolean;
  /** How many hard limits of sums and blocks are broken. */
  breaches(): number;
  /** How much more the days cost with those of `wanted` from day `from` up to (not with) `to`; Infinity where that is forbidden. */
  change(wanted: Uint8Array, from: number, to: number): number;
  /** Makes the change that was judged last. */
  take(wanted: Uint8Array, from: number, to: number): void;
  /**
   * Writes into `wanted` the days from `from` up to `to` that cost least by `costs` (one for each choice of each of these days, which it may
   * change), between the days before and behind; false where it finds none.
   */
  cheapest(costs: Float64Array, from: number, to: number, wanted: Uint8Array): boolean;
};
