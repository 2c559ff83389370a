import { Problem } from '../../platform/errors.ts';
import type { Admission } from './admit.ts';
import { wholeBundles } from './actions.ts';
import type { FileProgress } from './group.ts';
import { idFor } from './identity.ts';
import { headOfFound } from './json-of.ts';
import type { Pipeline } from './pipeline.ts';
import { plan, type LinkMaker, type Ready } from './plan.ts';
import type { InputFile, ReadingLimits } from './reading/index.ts';
import { SeenInInput } from './seen.ts';
import type { Admitted } from './types.ts';

export type InputParts = {
  source: string;
  admission: Admission;
  pipeline: Pipeline;
  makeLinks: LinkMaker;
  limits: ReadingLimits;
  onBytes(n: number): void;
  onWarnings(n: number): void;
  onUntracked(file: string): void;
  signal: AbortSignal | undefined;
};

/** Thrown when the import is asked to stop. What was read so far can be written. */
export class Stopped extends Error {}

/** Reads one file, from where it was left, into the pipeline. */
export async function readInput(file: InputFile, progress: FileProgress, parts: InputParts): Promise<void> {
  const from = progress.row.entriesRead;
  const { pipeline } = parts;
  const seen = new SeenInInput();
  const enter = (admitted: Admitted, ready: Ready, isBundleEnd: boolean): void | Promise<void> => {
    const waiting = take(admitted, ready, progress, parts, seen);
    if (waiting === undefined) return pipeline.reached(progress, ready.ordinal, isBundleEnd);
    return waiting.then(() => pipeline.reached(progress, ready.ordinal, isBundleEnd));
  };
  await eachReady(file, parts, (ready, isBundleEnd) => {
    if (ready.ordinal <= from) return noteSkipped(ready, seen, parts.source);
    const admitted = parts.admission.admit(ready, file.name, 'may-wait');
    if (admitted instanceof Promise) {
      return admitted.then((settled) => enter(settled, ready, isBundleEnd));
    }
    return enter(admitted, ready, isBundleEnd);
  });
  if (seen.isFull) parts.onUntracked(file.name);
  pipeline.group.finished.add(progress);
}

/** Reads again the entries of a file that waited. */
export async function readPostponed(
  file: InputFile,
  progress: FileProgress,
  waiting: readonly number[],
  parts: InputParts,
): Promise<void> {
  const seen = new SeenInInput();
  let next = 0;
  await eachReady(file, parts, async (ready, isBundleEnd) => {
    if (ready.ordinal !== waiting[next]) return;
    next += 1;
    const admitted = await parts.admission.admit(ready, file.name, 'last-chance');
    await take(admitted, ready, progress, parts, seen);
    parts.pipeline.group.settled.push({ fileId: progress.row.id, entry: ready.ordinal });
    await parts.pipeline.reached(progress, ready.ordinal, isBundleEnd);
  });
}

async function eachReady(
  file: InputFile,
  parts: InputParts,
  each: (ready: Ready, isBundleEnd: boolean) => void | Promise<void>,
): Promise<void> {
  const options = { limits: parts.limits, keepWhole: wholeBundles, onBytes: parts.onBytes };
  for await (const list of plan(file, options, parts.makeLinks)) {
    for (const [index, ready] of list.entries()) {
      if (parts.signal?.aborted === true) throw new Stopped();
      const waiting = each(ready, list[index + 1]?.links !== ready.links);
      if (waiting !== undefined) await waiting;
    }
  }
}

function take(
  admitted: Admitted,
  ready: Ready,
  file: FileProgress,
  parts: InputParts,
  seen: SeenInInput,
): void | Promise<void> {
  const { group } = parts.pipeline;
  switch (admitted.kind) {
    case 'done':
      return group.count(file, admitted.type, admitted.outcome);
    case 'postpone':
      group.postponed.push({ fileId: file.row.id, entry: ready.ordinal });
      return undefined;
    case 'quarantine':
      return group.addItem(admitted.item, file);
    case 'change': {
      if (admitted.warnings > 0) parts.onWarnings(admitted.warnings);
      const isRepeated = !seen.isNew(admitted.name);
      return parts.pipeline.add({ ...admitted, file, isRepeated });
    }
  }
}

/** An entry stored before a stop still counts when the rest repeats it. */
function noteSkipped(ready: Ready, seen: SeenInInput, source: string): void {
  if (ready.part.kind === 'fault') return;
  try {
    const head = headOfFound(ready.part);
    if (head !== undefined) seen.isNew(`${head.type}/${idFor(ready.part, head.id, source)}`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
