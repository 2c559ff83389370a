import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deprecatedIn, readLock } from './lock.ts';
import { daysBetween, daysToMend } from './known-faults.ts';
import { askForReleases } from './registry.ts';
import { judgeReleases, type KnownReleases } from './releases.ts';
import type { Circumstances } from './dependencies.ts';

/** Where a checkout keeps what the registry last told of newer versions, and what people excepted. */
const keptFile = 'docs/security/releases.json';

/**
 * Asks the registry which newer versions are in reach of what runs in production, once a day and lock file, and holds them against the
 * times in which they are to be taken. Without an answer, what was told before is judged for what is still installed.
 */
export async function checkReleases(
  home: string,
  { today, isCi, isOffline }: Circumstances,
): Promise<{ isGood: boolean; lines: string[] }> {
  const file = path.join(home, keptFile);
  const before = JSON.parse(readFileSync(file, 'utf8')) as KnownReleases;
  const lock = readLock(home);
  const isFresh = before.lastAnswer === today && before.lock === lock.hash;
  const told = isOffline || isFresh ? undefined : await askForReleases(home, lock);
  const known = told === undefined ? before : { ...before, lastAnswer: today, lock: lock.hash, late: told };
  if (told !== undefined && !isCi) writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`);
  const there = new Set(lock.installed.map((each) => `${each.package} ${each.version}`));
  const late = known.late.filter((each) => there.has(`${each.package} ${each.installed}`));
  const { over, within } = judgeReleases({ ...known, late }, deprecatedIn(lock), today);
  const wasAsked = told !== undefined || isFresh;
  const age = known.lastAnswer === null ? Infinity : daysBetween(known.lastAnswer, today);
  const isTooOld = !wasAsked && isCi && !isOffline && age > daysToMend.critical;
  const since = known.lastAnswer === null ? 'it never answered' : `last answer ${known.lastAnswer}`;
  return {
    isGood: over.length === 0 && !isTooOld,
    lines: [
      ...(wasAsked ? [] : [`newer versions: not asked (${since})`]),
      ...(isTooOld ? ['that is too long ago: ask where the registry answers, or say --offline'] : []),
      ...over,
      ...within,
    ],
  };
}
