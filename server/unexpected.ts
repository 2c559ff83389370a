import { isAway } from './platform/db/index.ts';

/** An unexpected error is told by its reference, kind and place in the code. Its message may hold a person's data, so it is left out. */
export function tellUnexpected(reference: string, error: unknown): void {
  const kind = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  console.error(`Unexpected ${kind}, reference ${reference}\n${frames.join('\n')}`);
}

/**
 * Tells of what is done regularly and failed, unless the database is away: requests tell of that, and the next turn makes up
 * for this one.
 */
export const tellOfTurns =
  (reference: string) =>
  (error: unknown): void => {
    if (!isAway(error)) tellUnexpected(reference, error);
  };
