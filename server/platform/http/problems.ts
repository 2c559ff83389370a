import { Problem } from '../errors.ts';

/** An error as RFC 9457 problem details. Unexpected errors tell only a reference number: their text may hold data. */
export function problemBody(
  error: unknown,
  reference: string,
): { status: number; body: Record<string, unknown> } {
  if (error instanceof Problem) {
    return {
      status: error.status,
      body: {
        type: `https://openics.example/problems/${error.code}`,
        title: error.message,
        status: error.status,
        code: error.code,
        place: error.place,
        wayOut: error.wayOut,
      },
    };
  }
  const status = statusOf(error);
  if (status < 500) {
    return {
      status,
      body: { type: 'about:blank', title: messageOf(error), status, code: 'http/bad-request' },
    };
  }
  return {
    status: 500,
    body: {
      type: 'https://openics.example/problems/platform/unexpected',
      title: 'Something went wrong on our side. Nothing was stored.',
      status: 500,
      code: 'platform/unexpected',
      wayOut: `Try again. If it happens again, report reference ${reference}.`,
    },
  };
}

/** The HTTP status the framework gave an error of its own, such as 413 or 415; else 500. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'The request was refused.';
