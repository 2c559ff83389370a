/** Where to go on to after signing in or choosing: only a path of ours, whatever an address says. */
export function ownPath(to: string | null | undefined): string {
  const base = 'http://here.invalid';
  if (to === null || to === undefined || !to.startsWith('/')) return '/';
  const url = URL.parse(to, base);
  return url === null || url.origin !== base ? '/' : `${url.pathname}${url.search}`;
}

/** The address of a page that leads back here afterwards. */
export function withReturn(page: string, to: string): string {
  return to === '/' ? page : `${page}?${new URLSearchParams({ to })}`;
}
