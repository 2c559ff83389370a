import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { Page, titled } from '../../components/page.tsx';
import { ownPath } from '../../frame/own-path.ts';
import { keepPurpose } from '../../frame/purpose.ts';

export const meta = titled('This page was closed');

/** Why somebody looked ends with their visit: the next one on this machine begins anew. */
export const headers = () => ({ 'set-cookie': keepPurpose(undefined) });

export function loader({ request }: LoaderFunctionArgs) {
  return { to: ownPath(new URL(request.url).searchParams.get('to')) };
}

/** Stands in the place of a page when the visit has ended. It asks nothing of the server, so it keeps no visit alive. */
export default function Ended() {
  const { to } = useLoaderData<typeof loader>();
  return (
    <Page>
      <h1 className="nhsuk-heading-l">This page was closed to keep the record safe</h1>
      <p>Nothing was asked for a while, or you signed out in another window.</p>
      <p>What was sent is stored. What you had typed and not sent is lost.</p>
      <p>
        <a className="nhsuk-button" href={to} draggable={false}>
          Go back to where you were
        </a>
      </p>
      <p>You may have to sign in first.</p>
    </Page>
  );
}
