import { Problem } from '../../platform/errors.ts';
import { queryValue, type Query } from './call.ts';

const usualPage = 100;
const largestPage = 1000;

/** How many entries a page of history or `$everything` has: `_count`, at most 1000, else 100. */
export function pageSize(query: Query): number {
  const text = queryValue(query, '_count');
  if (text === undefined) return usualPage;
  if (/^[1-9]\d{0,8}$/.test(text)) return Math.min(Number(text), largestPage);
  throw new Problem('rest/count', 400, '_count is a whole number above 0.', {
    place: '_count',
    wayOut: `Give a number from 1 to ${largestPage}, or leave it out.`,
  });
}
