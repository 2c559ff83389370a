import type { Exception } from './releases.ts';

/** A fault of a package that runs in production, as it is told of. A registry does not say when its advisory was published. */
export type Fault = { id: string; package: string; severity: string; published?: string | null };

/**
 * What is kept in the repository: when the registry last answered, the day on which the advisory of each fault was published, and which
 * package stays as it is, up to which day and why. Exceptions are written by people.
 */
export type KnownFaults = {
  lastAnswer: string | null;
  faults: (Fault & { published: string | null })[];
  exceptions: Exception[];
};

/** Within how many days of its being published a fault is mended. Our choice; docs/security/running.md. */
export const daysToMend = { critical: 7, high: 14, other: 90 } as const;

const dayMs = 86_400_000;

/** What is kept after an answer: faults that were told of, with the days that were written down before. */
export function keptAfter(kept: KnownFaults, told: readonly Fault[], today: string): KnownFaults {
  const faults = told.map((fault) => ({
    ...fault,
    published: foundIn(kept, fault)?.published ?? fault.published ?? null,
  }));
  return {
    lastAnswer: today,
    faults: faults.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
    exceptions: kept.exceptions,
  };
}

/**
 * Which faults are over their time on a day, and which are within it. One whose day nobody wrote down is over. An exception holds up to
 * its day.
 */
export function judgeFaults(
  { faults, exceptions }: KnownFaults,
  today: string,
): { over: string[]; within: string[] } {
  const [over, within]: [string[], string[]] = [[], []];
  for (const { published, ...fault } of faults) {
    const name = `${nameOf(fault)}, ${fault.severity}`;
    if (published === null) {
      over.push(`${name}: write the day its advisory was published into docs/security/known-faults.json`);
      continue;
    }
    const left = daysFor(fault.severity) - daysBetween(published, today);
    const excepted = exceptions.find((each) => each.package === fault.package && today <= each.until);
    const late = `${name}: published ${published}, ${-left} days over its time`;
    if (left < 0 && excepted !== undefined)
      within.push(`${late}; excepted until ${excepted.until}: ${excepted.reason}`);
    else if (left < 0) over.push(late);
    else within.push(`${name}: published ${published}, to be mended within ${left} days`);
  }
  return { over, within };
}

/** Whether the last answer is older than the shortest time in which something must be mended. */
export const isOld = ({ lastAnswer }: KnownFaults, today: string): boolean =>
  lastAnswer === null || daysBetween(lastAnswer, today) > daysToMend.critical;

const daysFor = (severity: string): number =>
  severity === 'critical' || severity === 'high' ? daysToMend[severity] : daysToMend.other;

/** Days between two days; one that is no day counts as long ago. */
export function daysBetween(from: string, to: string): number {
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
  return Number.isNaN(days) ? Infinity : days;
}

const nameOf = (fault: Fault): string => `${fault.package} ${fault.id}`;

const foundIn = ({ faults }: KnownFaults, fault: Fault): KnownFaults['faults'][number] | undefined =>
  faults.find((each) => nameOf(each) === nameOf(fault));
