import { hash } from 'node:crypto';
import { Problem } from '../../../platform/errors.ts';
import type { Place } from '../sql/types.ts';

/**
 * A page link's `_cursor`: where the page ended, and a check over it and the question. A link that was cut or moved to
 * another question is refused. It is no secret: the values go into statements as bound values only.
 */
export function sealCursor(place: Place, question: string): string {
  const text = JSON.stringify([place.created, place.rid, ...place.keys]);
  return Buffer.from(checkOf(text, question) + text).toString('base64url');
}

/** Reads a `_cursor`. Throws a Problem when it was changed or belongs to another question. */
export function openCursor(cursor: string, question: string): Place {
  const whole = Buffer.from(cursor, 'base64url').toString('utf8');
  const text = whole.slice(checkLength);
  if (whole.slice(0, checkLength) !== checkOf(text, question)) {
    throw new Problem('search/cursor', 400, 'This page link is not one for this search.', {
      place: '_cursor',
      wayOut: 'Search again from the first page.',
    });
  }
  const [created, rid, ...keys] = JSON.parse(text) as [string, string, ...(string | null)[]];
  return { created, rid, keys };
}

const checkLength = 16;

function checkOf(text: string, question: string): string {
  return hash('sha256', `search cursor 1 ${question} ${text}`, 'hex').slice(0, checkLength);
}
