import { useLocation } from 'react-router';

const pages = [
  { to: '', text: 'Summary' },
  { to: '/timeline', text: 'Timeline' },
  { to: '/problems', text: 'Problems' },
  { to: '/medicines', text: 'Medicines' },
  { to: '/allergies', text: 'Allergies' },
  { to: '/vaccinations', text: 'Vaccinations' },
  { to: '/results', text: 'Results' },
  { to: '/contacts', text: 'Contacts' },
  { to: '/documents', text: 'Documents' },
  { to: '/contents', text: 'Everything' },
];

/** The ways into one person's record. */
export function RecordNav({ personId }: { personId: string }) {
  const { pathname } = useLocation();
  const base = `/people/${personId}`;
  return (
    <nav className="record-nav" aria-label="This record">
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
