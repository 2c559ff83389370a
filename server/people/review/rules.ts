/** How opinions become decisions, and how far reviewers agree. Pure. */

export const verdicts = ['same', 'different', 'cannot-tell'] as const;
export type Verdict = (typeof verdicts)[number];

export const states = ['waiting', 'disputed', 'same', 'different', 'cannot-tell', 'withdrawn'] as const;
export type CaseState = (typeof states)[number];

export type Opinion = {
  reviewer: string;
  verdict: Verdict;
  /** Which person is meant, when the verdict is `same`. */
  personId: string | undefined;
  reason: string;
  note: string | undefined;
  given: Date;
};

/**
 * What opinions, in the order they were given, decide. Some cases go to two reviewers; when these differ, a third opinion decides.
 */
export function outcomeOf(
  opinions: readonly Opinion[],
  twice: boolean,
): { state: 'waiting' | 'disputed' } | { state: Verdict; by: Opinion } {
  const [first, second, third] = opinions;
  if (first === undefined || (twice && second === undefined)) return { state: 'waiting' };
  if (!twice || second === undefined || agree(first, second)) return { state: first.verdict, by: first };
  return third === undefined ? { state: 'disputed' } : { state: third.verdict, by: third };
}

const agree = (a: Opinion, b: Opinion): boolean => a.verdict === b.verdict && a.personId === b.personId;

/**
 * Cohen's kappa of pairs of verdicts: 1 is full agreement, 0 what chance alone would give. Undefined without pairs, or when only
 * one verdict was ever given. Source: Cohen, A coefficient of agreement for nominal scales, 1960.
 */
export function kappa(pairs: readonly (readonly [Verdict, Verdict])[]): number | undefined {
  if (pairs.length === 0) return undefined;
  const share = (side: 0 | 1, verdict: Verdict): number =>
    pairs.filter((pair) => pair[side] === verdict).length / pairs.length;
  const observed = pairs.filter(([a, b]) => a === b).length / pairs.length;
  const byChance = verdicts.reduce((sum, verdict) => sum + share(0, verdict) * share(1, verdict), 0);
  return byChance === 1 ? undefined : (observed - byChance) / (1 - byChance);
}
