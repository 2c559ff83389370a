import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const folder = path.resolve(import.meta.dirname, '../../.openics');
const abandonedAfterMs = 10 * 60_000;

/** Test files run beside each other: of those that ask for the same work, one does it at a time and the others wait. */
export async function oneAtATime<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const lock = path.join(folder, `${name}.lock`);
  mkdirSync(folder, { recursive: true });
  while (!claimed(lock)) await wait(300);
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function claimed(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > abandonedAfterMs) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
