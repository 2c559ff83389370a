import { numberWords } from '../words/numbers.ts';

export const pageSize = 100;

/** The page asked for, from 1, as far as there are pages. */
export function pageAsked(request: Request, total: number): number {
  const asked = Number.parseInt(new URL(request.url).searchParams.get('page') ?? '1', 10);
  return Math.min(Math.max(1, Number.isNaN(asked) ? 1 : asked), pageCount(total));
}

/** The items of one page. */
export function itemsOf<Item>(items: Item[], page: number): Item[] {
  return items.slice((page - 1) * pageSize, page * pageSize);
}

function pageCount(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** Says which part of a long list this is, with the way to the others. */
export function Pager({ total, page }: { total: number; page: number }) {
  const pages = pageCount(total);
  if (pages === 1) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav className="pages" aria-label="Pages of this list">
      <span>
        {numberWords(first)} to {numberWords(last)} of {numberWords(total)}
      </span>
      {page > 1 && <a href={`?page=${page - 1}`}>Newer entries</a>}
      {page < pages && <a href={`?page=${page + 1}`}>Older entries</a>}
    </nav>
  );
}
