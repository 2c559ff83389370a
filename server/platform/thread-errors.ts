import { Problem } from './errors.ts';

/** An error as it goes from one thread to another: a Problem keeps its code, place and way out, which a copy between threads drops. */
export type SentError = { problem: Omit<Problem, 'name' | 'stack' | 'cause'> } | { error: unknown };

/** Makes an error ready to be sent to another thread. */
export function sent(error: unknown): SentError {
  if (!(error instanceof Problem)) return { error };
  const { code, status, message, place, wayOut } = error;
  return { problem: { code, status, message, place, wayOut } };
}

/** The error that another thread sent. */
export function received(from: SentError): unknown {
  if (!('problem' in from)) return from.error;
  const { code, status, message, place, wayOut } = from.problem;
  return new Problem(code, status, message, {
    ...(place === undefined ? {} : { place }),
    ...(wayOut === undefined ? {} : { wayOut }),
  });
}
