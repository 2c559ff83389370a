import type { SignedIn } from '../frame/viewer.ts';
import { withReturn } from '../frame/own-path.ts';

/** Who is signed in and as what, with the ways to change that. Each way works without script. */
export function Account({ viewer, here }: { viewer: SignedIn; here: string }) {
  const { name, role, roles, kind } = viewer;
  return (
    <nav className="nhsuk-header__account" aria-label="Account">
      <ul className="nhsuk-header__account-list">
        <li className="nhsuk-header__account-item account__who">
          <span>
            <strong>{name}</strong>
            {role !== null && (
              <span className="account__role">
                {role.roleName}, {role.organisationName}
              </span>
            )}
            {kind === 'person' && <span className="account__role">Your own record</span>}
          </span>
        </li>
        {kind === 'staff' && roles.length > 1 && (
          <li className="nhsuk-header__account-item">
            <a className="nhsuk-header__account-link" href={withReturn('/sign-in/role', here)}>
              Change role
            </a>
          </li>
        )}
        <li className="nhsuk-header__account-item">
          <a className="nhsuk-header__account-link" href="/visits">
            Your visits and apps
          </a>
        </li>
        <li className="nhsuk-header__account-item">
          <form className="nhsuk-header__account-form" method="post" action="/sign-in/out">
            <button className="nhsuk-header__account-button" type="submit">
              Sign out
            </button>
          </form>
        </li>
      </ul>
    </nav>
  );
}
