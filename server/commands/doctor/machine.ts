import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freeBytes } from '../../platform/free-space.ts';
import { webState } from '../start/web-build.ts';
import { good, look, wrong, type Finding } from './finding.ts';
import { judgeDisk, judgeMemory, judgeMode, judgeNode } from './rules.ts';

const home = path.resolve(import.meta.dirname, '../../..');

/** What can be seen without a database. */
export function lookAtMachine(dataDir: string): Finding[] {
  return [
    judgeNode(process.version),
    packages(),
    judgeMemory(availableMemory(), os.totalmem()),
    judgeDisk(freeBytes(nearestFolder(dataDir)) ?? 0, dataDir),
    dataFolder(dataDir),
    webPages(),
  ];
}

function packages(): Finding {
  const check = spawnSync(process.execPath, [path.join(home, 'scripts/check-install.ts')], {
    stdio: 'ignore',
  });
  if (check.status === 0) return good('packages', 'as the lock file says');
  return wrong(
    'packages',
    'they differ from the lock file',
    'npm ci --ignore-scripts, or start ./openics again.',
  );
}

/** What programs can still have, the system's file cache included. */
function availableMemory(): number {
  const found = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  return found?.[1] === undefined ? os.freemem() : Number(found[1]) * 1024;
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(path.dirname(folder));
}

function dataFolder(dataDir: string): Finding {
  const found = statSync(dataDir, { throwIfNoEntry: false });
  if (found === undefined)
    return look('data folder', `${dataDir} is not there yet`, './openics start makes it.');
  const me = process.getuid?.();
  if (me !== 0 && me !== found.uid) {
    return wrong('data folder', `${dataDir} belongs to another account`, 'Use that account, or --data DIR.');
  }
  return judgeMode(found.mode, dataDir);
}

function webPages(): Finding {
  const state = webState();
  if (state === 'fresh') return good('web pages', 'built from the present sources');
  return look('web pages', 'not built from the present sources', './openics start builds them.');
}
