import os from 'node:os';
import { freeBytes } from '../free-space.ts';
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
