import { holdsAt } from '../moments.ts';
import type { CompiledPolicy } from '../compiled.ts';
import type { PersonFacts, Worker } from '../types.ts';

/** When a glass that was broken now closes by itself. */
export const glassEndsAt = (from: number, policy: CompiledPolicy): number =>
  from + policy.policy.breakGlass.minutes * 60_000;

/** True while this worker has broken the glass of this person, to the millisecond. */
export const glassIsOpen = (
  worker: Worker,
  about: PersonFacts,
  at: number,
  policy: CompiledPolicy,
): boolean =>
  about.glass.some((use) => use.user === worker.id && holdsAt(use, at) && at < glassEndsAt(use.from, policy));
