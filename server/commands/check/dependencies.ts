import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readAudit, type AuditAnswer } from './audit-answer.ts';

const patienceMs = 30_000;

/**
 * Asks the package registry, by its ordinary client, about known faults of what runs in production. Offline, or with a registry that
 * does not answer such questions, nobody is asked, which is no failure.
 */
export async function askAboutDependencies(home: string): Promise<AuditAnswer> {
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
