import { spawnSync } from 'node:child_process';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '../server/access/oracle/slips.fixture.ts');

/**
 * Puts each slip of the pen into the code that decides who may see what; a second way to decide must notice every one. It
 * stands beside what it proves, and runs in a process of its own because it changes how modules are loaded.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { status } = spawnSync(process.execPath, ['--no-warnings', file, ...args], { stdio: 'inherit' });
  return status === 0;
}
