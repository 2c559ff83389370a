import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { Page, titled } from '../../components/page.tsx';
import { ownPath } from '../../frame/own-path.ts';
import { keepPurpose } from '../../frame/purpose.ts';
import { viewerOf, type Provider } from '../../frame/viewer.ts';

export const meta = titled('How do you want to sign in?');

/** Why somebody looked ends with their visit: the next one on this machine begins anew. */
export const headers = () => ({ 'set-cookie': keepPurpose(undefined) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const to = ownPath(new URL(request.url).searchParams.get('to'));
  const viewer = await viewerOf(context);
  if (viewer.state === 'signed-in') throw redirect(to, 303);
  return { to, providers: viewer.state === 'signed-out' ? viewer.providers : undefined };
}

/** One question: which way in. Each way leads to the provider that proves who somebody is. */
export default function SignIn() {
  const { to, providers } = useLoaderData<typeof loader>();
  if (providers === undefined) return <NotSwitchedOn />;
  const staff = providers.filter(({ kind }) => kind === 'staff');
  const people = providers.filter(({ kind }) => kind === 'person');
  return (
    <Page>
      <h1 className="nhsuk-heading-l">How do you want to sign in?</h1>
      {providers.some(isDemonstration) && (
        <div className="nhsuk-warning-callout">
          <h2 className="nhsuk-warning-callout__label">This is a demonstration</h2>
          <p>Everybody in it is made up. You choose who to be, and no password is asked for.</p>
          <p>Do not put anything about a real person in it.</p>
        </div>
      )}
      {to !== '/' && <p>You will then go on to the page you asked for.</p>}
      <Ways title="I work in health, care or a partner" providers={staff} to={to} />
      <Ways title="I want to see my own record" providers={people} to={to} />
      {providers.length === 0 && <p>No way to sign in is set up. Ask whoever runs this OpenICS.</p>}
    </Page>
  );
}

const isDemonstration = ({ name }: Provider): boolean => /^demonstration(-|$)/.test(name);

function Ways({ title, providers, to }: { title: string; providers: Provider[]; to: string }) {
  if (providers.length === 0) return null;
  return (
    <section>
      <h2 className="nhsuk-heading-m">{title}</h2>
      {providers.map(({ name, label }) => (
        <p key={name}>
          <a
            className="nhsuk-button"
            href={`/sign-in/start?${new URLSearchParams({ provider: name, to })}`}
            draggable={false}
          >
            {label}
          </a>
        </p>
      ))}
    </section>
  );
}

function NotSwitchedOn() {
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Sign-in is not switched on</h1>
      <p>This OpenICS serves only the machine it runs on, and asks nobody who they are.</p>
      <p>
        <a href="/">Go to the start page</a>
      </p>
    </Page>
  );
}
