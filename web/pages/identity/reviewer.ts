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
