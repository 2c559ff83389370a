import type { ReactNode } from 'react';

/** One part of pages, by name, with what it is for. */
export function Part({ name, says, children }: { name: string; says: string; children: ReactNode }) {
  return (
    <article className="part">
      <h2 className="nhsuk-heading-m">{name}</h2>
      <p>{says}</p>
      <div className="part__shown">{children}</div>
    </article>
  );
}
