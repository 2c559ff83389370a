import os from 'node:os';
import path from 'node:path';
import type { Target } from './load/run.ts';

/** What a bench was asked for on the command line. */
export type BenchOptions = {
  /** Resources, where a bench has a size. */
  size: number | undefined;
  seconds: number;
  /** People, seed and detail of a made-up care system. */
  people?: number | undefined;
  seed?: number | undefined;
  detail?: 'light' | 'full' | undefined;
  /** Other FHIR servers, measured in turn with ours. */
  peers: Target[];
  /** A Python that has Splink, to measure beside ours. */
  python?: string | undefined;
  /** Other programs measured in turn with ours: splink, cp-sat, timefold. */
  programs?: string[];
  /** Processor seconds, threads, names of instances, and whether to go on with an earlier table: of bench roster. */
  processor?: number | undefined;
  threads?: number | undefined;
  only?: string[];
  resume?: boolean;
  /** Writes the result into docs/performance.md. */
  keep: boolean;
  /** Folder for data that may be used again by the next run. */
  folder: string;
};

export const benchFolder = path.join(os.tmpdir(), 'openics-bench');
