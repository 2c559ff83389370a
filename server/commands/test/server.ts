import { globSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase, removeDataDir } from '../../platform/postgres/index.ts';
import { lockHolder, takeLock } from '../../platform/process-lock.ts';

const prefix = 'openics-test-run-';
const lockIn = (folder: string): string => path.join(folder, 'run.lock');

/** Starts a PostgreSQL for one run of the tests, in a folder of its own. What killed runs left behind is removed first. */
export async function openTestServer(): Promise<{ url: string; remove(): Promise<void> }> {
  removeLeftovers();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), prefix));
  takeLock(lockIn(dataDir));
  const opened = await openDatabase({ dataDir, purpose: 'discard' });
  return {
    url: opened.url,
    async remove() {
      await opened.stop();
      removeDataDir(dataDir);
    },
  };
}

function removeLeftovers(): void {
  for (const folder of globSync(path.join(os.tmpdir(), `${prefix}*`))) {
    if (lockHolder(lockIn(folder)) === undefined) removeDataDir(folder);
  }
}
