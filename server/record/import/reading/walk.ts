import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fault } from './faults.ts';
import { faultOf } from './input-fault.ts';
import type { Fault } from './types.ts';

/** One file to read. */
export type InputFile = {
  kind: 'file';
  path: string;
  name: string;
  bytes: number;
  modifiedMs: number;
  /** All of it, where it is small and was read already. */
  content?: Buffer;
};
/** A file in a folder that is of no kind an import reads, such as README.md. */
export type PassedOver = { kind: 'passed-over'; name: string };
export type WalkFault = { kind: 'walk-fault'; name: string; fault: Fault };
export type Walked = InputFile | PassedOver | WalkFault;

const readable = /\.(?:json|ndjson|jsonl|xml|fhir)(?:\.gz)?$|\.(?:zip|tar|tgz|tar\.gz)$/i;

/**
 * Finds the files to read, folders in the order of their names. A path that is named is always taken; inside a folder
 * only files with a fitting ending are. Links are followed, but never into a folder above.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<Walked, void, void> {
  for (const given of paths) yield* walkOne(path.resolve(given), given, [], true);
}

async function* walkOne(
  full: string,
  name: string,
  above: readonly string[],
  isNamed: boolean,
): AsyncGenerator<Walked, void, void> {
  let found: Stats;
  try {
    found = await stat(full);
    if (found.isDirectory()) {
      yield* walkFolder(full, name, above);
      return;
    }
  } catch (error) {
    const problem = faultOf(error);
    if (problem === undefined) throw error;
    yield { kind: 'walk-fault', name, fault: problem };
    return;
  }
  if (!found.isFile()) {
    yield {
      kind: 'walk-fault',
      name,
      fault: fault('unreadable', { reason: 'It is not a file or a folder.' }),
    };
  } else if (isNamed || readable.test(name)) {
    yield { kind: 'file', path: full, name, bytes: found.size, modifiedMs: found.mtimeMs };
  } else yield { kind: 'passed-over', name };
}

async function* walkFolder(
  full: string,
  name: string,
  above: readonly string[],
): AsyncGenerator<Walked, void, void> {
  const real = await realpath(full);
  if (above.includes(real)) {
    yield { kind: 'walk-fault', name, fault: fault('link-loop') };
    return;
  }
  const names = (await readdir(full)).filter((each) => !each.startsWith('.')).sort();
  for (const each of names)
    yield* walkOne(path.join(full, each), path.join(name, each), [...above, real], false);
}
