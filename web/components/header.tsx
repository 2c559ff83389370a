import { useLocation } from 'react-router';

const pages = [
  { to: '/people', text: 'Find a person' },
  { to: '/system', text: 'Our system' },
  { to: '/feeds', text: 'Feeds' },
  { to: '/imports', text: 'What arrived' },
  { to: '/identity', text: 'Doubtful matches' },
  { to: '/about', text: 'About' },
];

/** The band at the top of every page. */
export function Header() {
  const { pathname } = useLocation();
  return (
    <header className="nhsuk-header" role="banner">
      <div className="nhsuk-header__container nhsuk-width-container">
        <div className="nhsuk-header__service">
          <a className="nhsuk-header__service-name" href="/">
            OpenICS
          </a>
        </div>
      </div>
      <nav className="nhsuk-header__navigation" aria-label="Menu">
        <div className="nhsuk-header__navigation-container nhsuk-width-container">
          <ul className="nhsuk-header__navigation-list">
            {pages.map(({ to, text }) => (
              <li key={to} className={itemClass(pathname.startsWith(to))}>
                <a className="nhsuk-header__navigation-link" href={to} aria-current={current(pathname, to)}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </nav>
    </header>
  );
}

function itemClass(isCurrent: boolean): string {
  const name = 'nhsuk-header__navigation-item';
  return isCurrent ? `${name} ${name}--current` : name;
}

function current(pathname: string, to: string): 'page' | 'true' | undefined {
  if (pathname === to) return 'page';
  return pathname.startsWith(`${to}/`) ? 'true' : undefined;
}
