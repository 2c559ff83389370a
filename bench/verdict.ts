/** Says of a figure whether its target is met, in one line. */
export const verdict = (what: string, figure: number, most: number, unit: string): string =>
  `${what}: ${Number(figure.toPrecision(3))} ${unit}, target at most ${most} ${unit}: ${figure <= most ? 'met' : '**missed**'}.`;

/** The same for a figure that should be high. */
export const atLeast = (what: string, figure: number, least: number, unit: string): string =>
  `${what}: ${Number(figure.toPrecision(3))} ${unit}, target at least ${least} ${unit}: ${figure >= least ? 'met' : '**missed**'}.`;
