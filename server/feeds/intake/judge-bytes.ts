import type { Issue, Resource } from '../../record/types.ts';
import type { Hl7Place } from '../hl7/index.ts';
import { arrive } from './arrive.ts';
import { judge } from './judge.ts';

/** Judges a message by itself, without storing it. Gives the place for which it is refused; undefined when it is taken. */
export function judgeBytes(
  bytes: Buffer,
  received: Date,
  validate: (resource: Resource) => Issue[],
): Hl7Place | undefined {
  const judged = judge(arrive(bytes, received, 'hl7v2').said, new Map(), validate);
  return judged.kind === 'refused' ? judged.refusal.place : undefined;
}
