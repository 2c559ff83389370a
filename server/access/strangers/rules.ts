import type { Policy } from '../policy/schema.ts';
import type { Decision, Reason } from '../types.ts';
import type { Purpose } from '../words.ts';

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** So many wrong pairs within an hour cost no wait: people mistype. */
export const freeTries = 3;

/**
 * From when on somebody may try another pair, by their wrong ones: after three within an hour a minute, then two, four and so on, at
 * most an hour after the last. Figures: decision of this project; ASVS 5.0 (V2.4.1) asks for a limit and gives none.
 */
export function nextTryAt(wrong: readonly number[], now: number): number {
  const recent = wrong.filter((at) => now - at < hourMs);
  if (recent.length < freeTries) return now;
  const wait = Math.min(hourMs, minuteMs * 2 ** (recent.length - freeTries));
  return Math.max(...recent) + wait;
}

/** How whoever asks may come to a record. */
export type Ways =
  | { state: 'open' }
  | { state: 'closed'; mayClaim: boolean; mayBreak: boolean; says: string[]; waysOut: string[] };

/** What a claim would give: it is all that the rules miss. */
const missing = 'relationship';

/**
 * The ways to a person, by what is decided on their entries. Undefined where nothing may be told: a silent refusal, or one by what
 * whoever asks is, for whom knowing that the person is there is of no use.
 */
export function waysTo(decisions: readonly Decision[], policy: Pick<Policy, 'refusals'>): Ways | undefined {
  if (decisions.some(({ effect }) => effect === 'permit')) return { state: 'open' };
  const told = decisions.filter(({ silent }) => !silent);
  const breakable = told.filter(({ effect }) => effect === 'break-glass');
  const claimable = told.filter(isClaimable);
  const ways = [...new Set([...breakable, ...claimable])];
  const because = ways.length > 0 ? ways : told.filter(({ reasons }) => reasons.some(isRefusal(policy)));
  if (because.length === 0) return undefined;
  const reasons = because.flatMap((decision) => decision.reasons);
  return {
    state: 'closed',
    mayClaim: claimable.length > 0,
    mayBreak: breakable.length > 0,
    says: [...new Set(reasons.map(({ says }) => says))],
    waysOut: [...new Set(reasons.flatMap(({ wayOut }) => wayOut ?? []))],
  };
}

/** True where nothing stands against it but that no relationship is recorded. */
export const isClaimable = ({ effect, silent, reasons }: Decision): boolean =>
  effect !== 'permit' && !silent && reasons.length > 0 && reasons.every(({ rule }) => rule === missing);

/** Refusals follow from the person and their choices; needs from whoever asks. */
const isRefusal =
  ({ refusals }: Pick<Policy, 'refusals'>) =>
  ({ rule }: Reason): boolean =>
    refusals.some(({ id }) => id === rule);

/** True for a purpose that asks for a relationship: only whoever cares for people looks for a stranger. */
export const isForCare = (purpose: Purpose, { branches }: Pick<Policy, 'branches'>): boolean =>
  branches.some(({ purposes, needs }) => purposes.includes(purpose) && needs.includes(missing));

/** The relationship that somebody states of themselves. */
export const selfClaimed = 'self-claimed';

/** How long a claim lasts; null where the policy sets no end. */
export const claimHours = ({ relationships }: Pick<Policy, 'relationships'>): number | null =>
  relationships.find(({ kind }) => kind === selfClaimed)?.longestHours ?? null;
