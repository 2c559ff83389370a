/** How unequal counts are, from 0 (all the same) to nearly 1 (one has everything). Source: Gini 1912. */
export function gini(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, count) => total + count, 0);
  if (sum === 0) return 0;
  const weighted = sorted.reduce((total, count, index) => total + (index + 1) * count, 0);
  return (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}

/** The most minus the least; 0 of nobody. */
export const spread = (counts: readonly number[]): number =>
  counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);

/** What a person has had to do over 26 weeks, and the share of full time they work. */
export type Burden = { nights: number; weekends: number; holidays: number; refused: number; share: number };

export type Evenness = { gini: number; spread: number };

/**
 * How evenly nights, weekends, holidays and refused requests lie on people, each measured for one full-time
 * person.
 */
export function fairnessOf(people: readonly Burden[]): Record<Exclude<keyof Burden, 'share'>, Evenness> {
  const workers = people.filter(({ share }) => share > 0);
  const of = (what: Exclude<keyof Burden, 'share'>): Evenness => {
    const counts = workers.map((person) => person[what] / person.share);
    return { gini: gini(counts), spread: spread(counts) };
  };
  return { nights: of('nights'), weekends: of('weekends'), holidays: of('holidays'), refused: of('refused') };
}
