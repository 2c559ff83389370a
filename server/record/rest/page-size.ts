import { Problem } from '../../platform/errors.ts';
import { queryValue, type Query } from './call.ts';

/** How many entries a page has: `_count`, at most `largest`, else `usual`. */
export function pageSize(query: Query, { usual, largest }: { usual: number; largest: number }): number {
  const text = queryValue(query, '_count');
  if (text === undefined) return usual;
  if (/^[1-9]\d{0,8}$/.test(text)) return Math.min(Number(text), largest);
  throw new Problem('rest/count', 400, '_count is a whole number above 0.', {
    place: '_count',
    wayOut: `Give a number from 1 to ${largest}, or leave it out.`,
  });
}
