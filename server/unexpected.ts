import { isAway } from './platform/db/index.ts';

/** An unexpected error is told by its reference, kind and place in the code. Its message may hold a person's data, so it is left out. */
export function tellUnexpected(reference: string, error: unknown): void {
  const kind = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const codes = codesOf(error).map((code) => ` ${code}`);
  console.error(`Unexpected ${kind}${codes.join('')}, reference ${reference}\n${frames.join('\n')}`);
}

/** The codes of an error and of what caused it, such as CERT_HAS_EXPIRED: words of programs, never of people. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code } = error as { code?: unknown };
  const own = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? [code] : [];
  return [...own, ...codesOf(error.cause)];
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
