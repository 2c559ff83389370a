import { Problem } from '../../platform/errors.ts';
import type { Sealer } from '../../platform/sealing/index.ts';

/** Hides a query in a link, because parameters that came in a body may name a person and must not stand in an address. */
export type PageTokens = { seal(query: string): string; open(token: string): string };

/** Makes sealed page links. One that was changed, or sealed elsewhere, is refused. */
export function pageTokens(sealer: Sealer): PageTokens {
  return {
    seal: (query) => sealer.seal(query),
    open(token) {
      const query = sealer.open(token);
      if (query === undefined) throw unreadable();
      return query;
    },
  };
}

const unreadable = (): Problem =>
  new Problem('rest/page-link', 410, 'This page link is no longer good.', {
    place: '_page',
    wayOut: 'Search again from the first page.',
  });
