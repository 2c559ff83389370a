import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change } from '../../api/client.ts';
import { sealerContext } from '../../api/search-ticket.server.ts';
import { Page, titled } from '../../components/page.tsx';
import { keepPurpose } from '../../frame/purpose.ts';
import { viewerOf } from '../../frame/viewer.ts';

export const meta = titled('You are signed out');

type Ended = { goodbye: string | null; ended?: number };

/**
 * Ends this visit, or all visits of somebody. The provider's own way out stands sealed in the address, so that no other
 * site's address can be put there.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const everywhere = (await request.formData()).has('everywhere');
  const answer = await change(context, 'DELETE', everywhere ? '/api/session/everywhere' : '/api/session');
  const { goodbye, ended } = JSON.parse(answer.body) as Ended;
  const query = new URLSearchParams();
  if (ended !== undefined) query.set('visits', String(ended));
  if (goodbye !== null) query.set('goodbye', context.get(sealerContext).seal(goodbye));
  const headers = new Headers({ 'clear-site-data': '"cache", "storage"' });
  headers.append('set-cookie', keepPurpose(undefined));
  for (const cookie of answer.cookies) headers.append('set-cookie', cookie);
  return redirect(`/sign-in/out?${query}`, { status: 303, headers });
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const sealed = asked.get('goodbye');
  const viewer = await viewerOf(context);
  return {
    isOut: viewer.state !== 'signed-in',
    visits: Number.parseInt(asked.get('visits') ?? '', 10) || undefined,
    goodbye: sealed === null ? undefined : context.get(sealerContext).open(sealed),
  };
}

/** Says that somebody is out, everywhere if they asked for that, and of the provider too where it offers it. */
export default function SignedOut() {
  const { isOut, visits, goodbye } = useLoaderData<typeof loader>();
  if (!isOut) return <StillIn />;
  return (
    <Page>
      <h1 className="nhsuk-heading-l">You are signed out</h1>
      {visits !== undefined && (
        <p>
          {visits === 1
            ? 'You were signed in on this device only.'
            : `You were signed in ${visits} times, here and on other devices. All of them have ended.`}
        </p>
      )}
      <p>Nothing of what you saw is kept in this browser.</p>
      {goodbye !== undefined && (
        <p>
          <a href={goodbye}>Sign out of the service you signed in with too</a>
        </p>
      )}
      <p>
        <a className="nhsuk-button" href="/sign-in" draggable={false}>
          Sign in again
        </a>
      </p>
    </Page>
  );
}

function StillIn() {
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Do you want to sign out?</h1>
      <form method="post">
        <button className="nhsuk-button" type="submit">
          Sign out
        </button>
      </form>
    </Page>
  );
}
