import { Problem } from '../../platform/errors.ts';
import type { Admission } from './admit.ts';
import { wholeBundles } from './actions.ts';
import { nameOf, type FileProgress } from './group.ts';
import { headOf, idFor } from './identity.ts';
import { jsonOf } from './json-of.ts';
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
  signal: AbortSignal | undefined;
};

/** Thrown when the import is asked to stop. What was read so far can be written. */
export class Stopped extends Error {}

/** Reads one file, from where it was left, into the pipeline. */
export async function readInput(file: InputFile, progress: FileProgress, parts: InputParts): Promise<void> {
  const from = progress.row.entriesRead;
  const { pipeline } = parts;
  const seen = new SeenInInput();
  await eachReady(file, parts, async (ready, isBundleEnd) => {
    if (ready.ordinal <= from) {
      noteSkipped(ready, seen, parts.source);
      return;
    }
    const admitted = await parts.admission.admit(ready, file.name, 'may-wait');
    await take(admitted, ready, progress, parts, seen);
    await pipeline.reached(progress, ready.ordinal, isBundleEnd);
  });
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
  each: (ready: Ready, isBundleEnd: boolean) => Promise<void>,
): Promise<void> {
  const options = { limits: parts.limits, keepWhole: wholeBundles, onBytes: parts.onBytes };
  for await (const list of plan(file, options, parts.makeLinks)) {
    for (const [index, ready] of list.entries()) {
      if (parts.signal?.aborted === true) throw new Stopped();
      await each(ready, list[index + 1]?.links !== ready.links);
    }
  }
}

async function take(
  admitted: Admitted,
  ready: Ready,
  file: FileProgress,
  parts: InputParts,
  seen: SeenInInput,
): Promise<void> {
  const { pipeline } = parts;
  switch (admitted.kind) {
    case 'done':
      pipeline.group.count(file, admitted.type, admitted.outcome);
      return;
    case 'postpone':
      pipeline.group.postponed.push({ fileId: file.row.id, entry: ready.ordinal });
      return;
    case 'quarantine':
      pipeline.group.addItem(admitted.item, file);
      return;
    case 'change': {
      parts.onWarnings(admitted.warnings);
      const verdict = seen.note(nameOf(admitted.change), admitted.text);
      if (verdict === 'new') await pipeline.add({ ...admitted, file });
      else if (verdict === 'same') pipeline.group.count(file, admitted.change.type, 'unchanged');
      else pipeline.group.addItem({ ...admitted.item(), ...saidTwice }, file);
    }
  }
}

const saidTwice = {
  code: 'duplicate',
  reason: 'The same input holds another resource with this type and id, and the two differ.',
  wayOut: 'Ask the sender which one holds. To store this one, replay it; to keep the other, dismiss this.',
} as const;

/** An entry stored before a stop still counts when the rest repeats it. */
function noteSkipped(ready: Ready, seen: SeenInInput, source: string): void {
  if (ready.part.kind === 'fault') return;
  try {
    const head = headOf(jsonOf(ready.part));
    if (head !== undefined) seen.note(`${head.type}/${idFor(ready.part, head.id, source)}`, ready.part.text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
