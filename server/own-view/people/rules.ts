import type { Policy, RecordedKind, Telling, Told } from '../../access/index.ts';

type ProxyRule = Policy['proxies'][number];
export type ProxyFact = Told<Telling['proxy']>;

export type Span = {
  fromAge: number;
  toAge: number | null;
  /** What must be recorded for it, and what must not. */
  only: RecordedKind | null;
  unless: RecordedKind | null;
  /** What they see then; null is all that a person may see. */
  classes: ProxyRule['classes'];
  /** True for the age the person has now. */
  isNow: boolean;
};

/** What somebody of a kind may see of a living person, by that person's age, as the policy has it. */
export const spansOf = (policy: Policy, kind: ProxyFact['kind'], age: number | undefined): Span[] =>
  policy.proxies
    .filter((rule) => rule.kind === kind && rule.life === 'alive')
    .map(({ fromAge, toAge, only, unless, classes }) => ({
      fromAge,
      toAge,
      only,
      unless,
      classes,
      isNow: age !== undefined && age >= fromAge && (toAge === null || age < toAge),
    }));

/** Those who act at a moment, each once, however many records of the person say so. */
export function actingAt(facts: readonly ProxyFact[], at: number): ProxyFact[] {
  const now = facts.filter(
    ({ recordedTo, from, to }) => recordedTo === null && from <= at && (to === null || at < to),
  );
  return [...new Map(now.map((fact) => [`${fact.proxy} ${fact.kind}`, fact])).values()];
}

/** Whole years from a date of birth to a day, both YYYY-MM-DD; undefined where the date is not whole. */
export function ageOn(day: string, born: string | null | undefined): number | undefined {
  if (born === null || born === undefined || !/^\d{4}-\d\d-\d\d$/.test(born)) return undefined;
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}
