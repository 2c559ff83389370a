import { useLocation } from 'react-router';

const pages = [
  { to: '/mine', text: 'My record' },
  { to: '/mine/appointments', text: 'Appointments' },
  { to: '/mine/health', text: 'Health' },
  { to: '/mine/tests', text: 'Tests' },
  { to: '/mine/letters', text: 'Plans and letters' },
  { to: '/mine/who-looked', text: 'Who looked' },
  { to: '/mine/choices', text: 'Choices' },
  { to: '/mine/help', text: 'Help I need' },
  { to: '/mine/corrections', text: 'Put right' },
  { to: '/mine/copy', text: 'My copy' },
  { to: '/mine/people', text: 'My people' },
];

/** The ways through a person's own view. */
export function MineNav() {
  const { pathname } = useLocation();
  const here = pathname.replace(/\/$/, '');
  return (
    <nav className="record-nav" aria-label="My view">
      <div className="nhsuk-width-container">
        <ul>
          {pages.map(({ to, text }) => (
            <li key={to}>
              <a
                href={to}
                aria-current={
                  here === to ? 'page' : to !== '/mine' && here.startsWith(`${to}/`) ? 'true' : undefined
                }
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
