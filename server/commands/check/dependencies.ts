import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readAudit, type AuditAnswer } from './audit-answer.ts';
import { isOld, judgeFaults, keptAfter, type KnownFaults } from './known-faults.ts';

const patienceMs = 30_000;

/** Where a checkout keeps what the registry last said. */
const keptFile = 'docs/security/known-faults.json';

export type Circumstances = {
  today: string;
  /** In CI an answer that is too old fails, and nothing is written. */
  isCi: boolean;
  /** Somebody said that the registry is not to be asked. */
  isOffline: boolean;
};

/**
 * Asks the package registry about known faults of what runs in production, and holds them against the times in which they are to be
 * mended. Keeps the day of a good answer. Without one, what was told before is judged.
 */
export async function checkDependencies(
  home: string,
  { today, isCi, isOffline }: Circumstances,
): Promise<{ isGood: boolean; lines: string[] }> {
  const file = path.join(home, keptFile);
  const before = JSON.parse(readFileSync(file, 'utf8')) as KnownFaults;
  const answer: AuditAnswer = isOffline
    ? { state: 'not-asked', why: 'said to be offline' }
    : await askRegistry(home);
  const wasAsked = answer.state === 'asked';
  const known = wasAsked ? keptAfter(before, answer.faults, today) : before;
  if (wasAsked && !isCi) writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`);
  const { over, within } = judgeFaults(known, today);
  const since = known.lastAnswer === null ? 'it never answered' : `last answer ${known.lastAnswer}`;
  const isTooOld = !wasAsked && isCi && !isOffline && isOld(known, today);
  return {
    isGood: over.length === 0 && !isTooOld,
    lines: [
      ...(answer.state === 'asked' ? [] : [`not asked (${answer.why}; ${since})`]),
      ...(isTooOld ? ['that is too long ago: ask where the registry answers, or say --offline'] : []),
      ...over,
      ...within,
    ],
  };
}

/** By the registry's ordinary client, as it is set up. */
async function askRegistry(home: string): Promise<AuditAnswer> {
  const child = spawn('npm', ['audit', '--omit=dev', '--json'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: patienceMs,
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  try {
    await once(child, 'close');
  } catch {
    return { state: 'not-asked', why: 'npm could not be run' };
  }
  return readAudit(printed);
}
