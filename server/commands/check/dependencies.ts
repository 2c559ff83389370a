import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readAdvisories } from './advisories.ts';
import { readAudit } from './audit-answer.ts';
import { isOld, judgeFaults, keptAfter, type Fault, type KnownFaults } from './known-faults.ts';
import { readLock } from './lock.ts';
import { npm } from './registry.ts';

/** Where a checkout keeps what the registry last said. */
const keptFile = 'docs/security/known-faults.json';

export type Circumstances = {
  today: string;
  /** In CI an answer that is too old fails, and nothing is written. */
  isCi: boolean;
  /** Somebody said that the registry is not to be asked. */
  isOffline: boolean;
  /** A folder of advisories that says what the registry does not. */
  advisories?: string | undefined;
};

/** Which faults are known, and how new that is. */
type Answer = { faults: readonly Fault[]; day: string; from: string } | { why: string };

/**
 * Asks the package registry about known faults of what runs in production, else looks through a folder of advisories, and holds them
 * against the times in which they are to be mended. Keeps the day of a good answer. Without one, what was told before is judged.
 */
export async function checkDependencies(
  home: string,
  circumstances: Circumstances,
): Promise<{ isGood: boolean; lines: string[] }> {
  const { today, isCi, isOffline, advisories } = circumstances;
  const file = path.join(home, keptFile);
  const before = JSON.parse(readFileSync(file, 'utf8')) as KnownFaults;
  let answer = await askRegistry(home, circumstances);
  if ('why' in answer && advisories !== undefined) answer = await lookThrough(advisories, home, today);
  const known = 'why' in answer ? before : keptAfter(before, answer.faults, answer.day);
  if (!('why' in answer) && !isCi) writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`);
  const { over, within } = judgeFaults(known, today);
  const since = known.lastAnswer === null ? 'it never answered' : `last answer ${known.lastAnswer}`;
  const isTooOld = isCi && !isOffline && isOld(known, today);
  return {
    isGood: over.length === 0 && !isTooOld,
    lines: [
      'why' in answer ? `not asked (${answer.why}; ${since})` : `told by ${answer.from}`,
      ...(isTooOld ? ['that is too long ago: ask where the registry answers, or say --offline'] : []),
      ...over,
      ...within,
    ],
  };
}

/** By the registry's ordinary client, as it is set up. */
async function askRegistry(home: string, { today, isOffline }: Circumstances): Promise<Answer> {
  if (isOffline) return { why: 'said to be offline' };
  const printed = await npm(home, ['audit', '--omit=dev']);
  if (printed === undefined) return { why: 'npm could not be run' };
  const answer = readAudit(printed);
  return answer.state === 'asked' ? { faults: answer.faults, day: today, from: 'the registry' } : answer;
}

/** A folder is as new as its latest advisory. */
async function lookThrough(folder: string, home: string, today: string): Promise<Answer> {
  const { faults, newest, files } = await readAdvisories(folder, readLock(home));
  if (newest === null) return { why: 'no advisory of the folder says when it was written' };
  const day = newest < today ? newest : today;
  return { faults, day, from: `${files} advisories, the latest of ${day}` };
}
