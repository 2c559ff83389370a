import type { Db } from '../../platform/db/index.ts';

/** What the commands are tried on. */
export type Made = {
  db: Db;
  folder: string;
  dataDir: string;
  /** Writes a file and gives its path. */
  file(name: string, content: unknown): string;
};

/** A command that has to do with people, or with who may see what. */
export type CommandCase = {
  command: string;
  /** What follows the name of the program. */
  words(): Promise<string[]> | string[];
  /** The table in which it stores something, or from which it takes something away. */
  fact?: string;
  /** What it prints only where it is on record. */
  shows?: RegExp;
  /** `kind resource` of what is on record. */
  events: readonly string[];
};
