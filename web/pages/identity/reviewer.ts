import { data } from 'react-router';

/** Who reviews, kept in a cookie of the browser until people sign in: an address would end up in histories. */

const cookie = 'openics-reviewer';

/** The initials given before in this browser; empty when none were. */
export function reviewerOf(request: Request): string {
  const held = (request.headers.get('cookie') ?? '')
    .split(';')
    .map((each) => each.trim().split('='))
    .find(([name]) => name === cookie)?.[1];
  try {
    return decodeURIComponent(held ?? '').slice(0, 60);
  } catch {
    return '';
  }
}

/** The header that keeps them for a working day. */
export const keepReviewer = (reviewer: string): Record<string, string> => ({
  'set-cookie': `${cookie}=${encodeURIComponent(reviewer)}; Path=/identity; Max-Age=36000; HttpOnly; SameSite=Strict`,
});

/** Which part of a queue is asked for, and who asks: as the query of the API. There is no page for what is no id. */
export function askedPart(request: Request): { query: URLSearchParams; isFirst: boolean; reviewer: string } {
  const after = new URL(request.url).searchParams.get('after');
  if (after !== null && !/^[0-9a-f-]{36}$/.test(after))
    throw data({ title: 'There is no such page' }, { status: 404 });
  const reviewer = reviewerOf(request);
  const query = new URLSearchParams({
    ...(after === null ? {} : { after }),
    ...(reviewer === '' ? {} : { reviewer }),
  });
  return { query, isFirst: after === null, reviewer };
}
