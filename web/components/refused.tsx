import { isRouteErrorResponse, useLocation } from 'react-router';
import type { Refusal } from '../api/client.ts';
import { withReturn } from '../frame/own-path.ts';
import { useViewer } from '../frame/use-viewer.ts';
import { GlassForm } from './glass-form.tsx';
import { Page } from './page.tsx';

/** Says what did not work, which rule it was, whether anything is lost, and what to do. */
export function Refused({ error }: { error: unknown }) {
  const { pathname, search } = useLocation();
  const { title, wayOut, code, status } = sayings(error);
  const viewer = useViewer();
  const isStaff = viewer.state === 'signed-in' && viewer.kind === 'staff';
  const personId = /^\/people\/([0-9a-f-]{36})/.exec(pathname)?.[1];
  return (
    <Page>
      <h1 className="nhsuk-heading-l">{title}</h1>
      <p>{wayOut}</p>
      {isStaff && personId !== undefined && status === 403 && (
        <p>
          Are they in your care? <a href="/people/by-number">Find them by NHS number</a>, and say so.
        </p>
      )}
      {code === breaksGlass && personId !== undefined ? (
        <GlassForm personId={personId} to={pathname + search} />
      ) : (
        <p>Nothing was changed.</p>
      )}
      {status === 401 ? (
        <p>
          <a className="nhsuk-button" href={withReturn('/sign-in', pathname + search)} draggable={false}>
            Sign in
          </a>
        </p>
      ) : (
        <p>
          <a href="/">Go to the first page</a>
        </p>
      )}
    </Page>
  );
}

/** The code of a refusal that a stated reason opens. */
const breaksGlass = 'access/break-glass';

type Sayings = { title: string; wayOut: string; code: string | undefined; status: number };

function sayings(error: unknown): Sayings {
  if (!isRouteErrorResponse(error))
    return {
      title: 'This page could not be shown',
      wayOut: 'Try again in a minute.',
      code: undefined,
      status: 500,
    };
  const { status } = error;
  const refusal = (error.data ?? {}) as Partial<Refusal>;
  if (status === 503)
    return {
      title: 'The record is out of reach just now',
      wayOut: 'The database does not answer. Try again in a minute.',
      code: refusal.code,
      status,
    };
  const isMissing = status === 404;
  return {
    title: withoutStop(
      refusal.title ?? (isMissing ? 'There is no such page' : 'This page could not be shown'),
    ),
    wayOut:
      refusal.wayOut ??
      (isMissing ? 'Check the address, or start from the search.' : 'Try again in a minute.'),
    code: refusal.code,
    status,
  };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
