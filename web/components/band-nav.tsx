import { useLocation } from 'react-router';

export type Way = { to: string; text: string };

/** The ways within one part of OpenICS, as a band under the header. The first page is the one of `base` itself. */
export function BandNav({ label, base, pages }: { label: string; base: string; pages: readonly Way[] }) {
  const { pathname } = useLocation();
  return (
    <nav className="record-nav" aria-label={label}>
      <div className="nhsuk-width-container">
        <ul>
          {pages.map(({ to, text }) => (
            <li key={to}>
              <a href={`${base}${to}`} aria-current={isHere(pathname, `${base}${to}`, to === '')}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

function isHere(pathname: string, address: string, exact: boolean): 'page' | 'true' | undefined {
  if (pathname.replace(/\/$/, '') === address) return 'page';
  return !exact && pathname.startsWith(`${address}/`) ? 'true' : undefined;
}

/** The ways between pages of one sort, as a line of links. */
export function LineNav({ label, pages }: { label: string; pages: readonly Way[] }) {
  const { pathname } = useLocation();
  return (
    <nav className="jump" aria-label={label}>
      {pages.map(({ to, text }) => (
        <a key={to} href={to} aria-current={pathname === to ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
