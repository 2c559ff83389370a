import type { ReactNode } from 'react';

/** The main part of a page. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <div className="nhsuk-width-container">
      <main className="nhsuk-main-wrapper" id="maincontent">
        {children}
      </main>
    </div>
  );
}

/** The title of a page for the browser. It never holds a person's name: titles end up in histories. */
export function titled(what: string) {
  return () => [{ title: `${what} – OpenICS` }];
}

/** A white sheet on which lists and charts stand. */
export function Sheet({ children }: { children: ReactNode }) {
  return <div className="sheet">{children}</div>;
}
