import { compareVersions, labelOf, stepTo, type Step } from './versions.ts';

/** A package that runs in production and of which a newer version is in reach: its first ones of each step, with the days they came out. */
export type Late = {
  package: string;
  installed: string;
  newer: { step: Step; version: string; since: string }[];
};

/** A package whose maker says that this version is to be used no more. */
export type Deprecated = { package: string; installed: string; says: string };

/** A package that stays as it is up to and with a day, and why. Written by people. */
export type Exception = { package: string; until: string; reason: string };

/** What is kept in the repository: what the registry last told of newer versions, for which lock file, and what is excepted. */
export type KnownReleases = {
  lastAnswer: string | null;
  lock: string | null;
  late: Late[];
  exceptions: Exception[];
};

/** Within how many days of its coming out a newer version is taken. A major one is told of only. docs/security/running.md. */
export const daysToTake = { patch: 30, minor: 90 } as const;

const dayMs = 86_400_000;

/**
 * The versions that are newer than an installed one and of its kind: releases for a release, betas for a beta. The first of each step
 * tells since when it could have been taken. `times` is when each version came out; `wanted` says which may be taken at all.
 */
export function lateBy(
  name: string,
  installed: string,
  times: Readonly<Record<string, string>>,
  wanted: (version: string) => boolean = () => true,
): Late | undefined {
  const newer: Late['newer'] = [];
  const known = Object.entries(times)
    .filter(([version]) => labelOf(version) === labelOf(installed) && compareVersions(version, installed) > 0)
    .filter(([version]) => wanted(version))
    .toSorted(([, a], [, b]) => Date.parse(a) - Date.parse(b));
  for (const [version, time] of known) {
    const step = stepTo(installed, version);
    if (!newer.some((each) => each.step === step)) newer.push({ step, version, since: time.slice(0, 10) });
  }
  return newer.length === 0 ? undefined : { package: name, installed, newer };
}

/**
 * Which packages are over the time in which a newer version is to be taken, and which are within it, on a day. One that is deprecated is
 * over at once. An exception holds up to its day.
 */
export function judgeReleases(
  { late, exceptions }: Pick<KnownReleases, 'late' | 'exceptions'>,
  deprecated: readonly Deprecated[],
  today: string,
): { over: string[]; within: string[] } {
  const [over, within]: [string[], string[]] = [[], []];
  const tell = (name: string, says: string, isOver: boolean): void => {
    const excepted = exceptions.find((each) => each.package === name && today <= each.until);
    if (isOver && excepted !== undefined)
      within.push(`${says}; excepted until ${excepted.until}: ${excepted.reason}`);
    else (isOver ? over : within).push(says);
  };
  for (const { package: name, installed, says } of deprecated)
    tell(name, `${name} ${installed} is deprecated: ${says}`, true);
  for (const { package: name, installed, newer } of late) {
    for (const { step, version, since } of newer) {
      if (step === 'major') continue;
      const left = daysToTake[step] - Math.round((Date.parse(today) - Date.parse(since)) / dayMs);
      const says = `${name} ${installed}: ${version} is out since ${since}`;
      tell(
        name,
        left < 0 ? `${says}, ${-left} days over its time` : `${says}, to be taken within ${left} days`,
        !(left >= 0),
      );
    }
  }
  return { over, within };
}
