import { useLocation } from 'react-router';
import { entryOf, navigationOf } from '../frame/navigation.ts';
import type { ChosenPlace } from '../frame/place.ts';
import { withReturn } from '../frame/own-path.ts';
import { mustChoose, type Viewer } from '../frame/viewer.ts';
import { purposeWords } from '../words/purposes.ts';
import { Account } from './account.tsx';
import { VisitEndsPlain } from './visit-ends.tsx';

/** The band at the top of every page: who is signed in, the menu, and the place looked at. */
export function Header({
  viewer,
  place,
  purpose,
}: {
  viewer: Viewer;
  place: ChosenPlace | undefined;
  purpose: string | undefined;
}) {
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const items = navigationOf(viewer);
  const entry = entryOf(pathname, items)?.to;
  return (
    <header className="nhsuk-header" role="banner">
      <div className="nhsuk-header__container nhsuk-width-container">
        <div className="nhsuk-header__service">
          <a className="nhsuk-header__service-name" href="/">
            OpenICS
          </a>
        </div>
        {viewer.state === 'signed-in' && <Account viewer={viewer} here={here} />}
      </div>
      <nav className="nhsuk-header__navigation" aria-label="Menu">
        <div className="nhsuk-header__navigation-container nhsuk-width-container">
          <ul className="nhsuk-header__navigation-list">
            {items.map(({ to, text }) => (
              <li key={to} className={itemClass(to === entry)}>
                <a
                  className="nhsuk-header__navigation-link"
                  href={to}
                  aria-current={to === entry ? current(pathname, to) : undefined}
                >
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </nav>
      {hasPlace(viewer) && (
        <div className="strip">
          <div className="nhsuk-width-container strip__parts">
            <p>
              Looking at: <strong>{place?.name ?? 'the whole system'}</strong>{' '}
              <a href={withReturn('/place', here)}>
                Change<span className="nhsuk-u-visually-hidden"> the place</span>
              </a>
            </p>
            {viewer.state === 'signed-in' && viewer.role?.usualPurpose != null && (
              <p>
                Why: <strong>{purposeWords(purpose ?? viewer.role.usualPurpose)}</strong>{' '}
                <a href={withReturn('/sign-in/purpose', here)}>
                  Change<span className="nhsuk-u-visually-hidden"> why you look</span>
                </a>
              </p>
            )}
          </div>
        </div>
      )}
      {viewer.state === 'signed-in' && <VisitEndsPlain viewer={viewer} />}
    </header>
  );
}

/** Somebody who sees their own record looks at no place, and whoever is not signed in has nothing to look at. */
const hasPlace = (viewer: Viewer): boolean =>
  viewer.state === 'machine' ||
  (viewer.state === 'signed-in' && viewer.kind === 'staff' && !mustChoose(viewer));

function itemClass(isCurrent: boolean): string {
  const name = 'nhsuk-header__navigation-item';
  return isCurrent ? `${name} ${name}--current` : name;
}

const current = (pathname: string, to: string): 'page' | 'true' => (pathname === to ? 'page' : 'true');
