import { statfsSync } from 'node:fs';
import os from 'node:os';
import type { Machine } from './settings.ts';

/** Measures this machine, or the container we are in. `folder` is where the data will be. */
export function measureMachine(folder: string): Machine {
  const limit = process.constrainedMemory();
  return {
    memoryBytes: limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem(),
    cores: os.availableParallelism(),
    freeDiskBytes: freeBytes(folder) ?? 0,
    sharedMemoryBytes: freeBytes('/dev/shm') ?? 0,
  };
}

/** Free space in bytes for an ordinary account, where the folder exists. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
