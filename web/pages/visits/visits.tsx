import type { ReactNode } from 'react';
import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read } from '../../api/client.ts';
import type { AllowedApp, OpenVisit, Visits as Answer } from '../../api/visits.ts';
import { Page, titled } from '../../components/page.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';

export const meta = titled('Where you are signed in');

const ended: Record<string, string> = {
  visit: 'That visit has ended. Nobody can go on with it.',
  app: 'That app can see nothing of yours any more.',
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const did = new URL(request.url).searchParams.get('ended') ?? '';
  return { ...(await read<Answer>(context, '/api/visits')), did: ended[did] };
}

/** Ends one visit, or takes leave from one app. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const [what, id] = ['end', 'id'].map((name) => String(form.get(name) ?? ''));
  const path = what === 'app' ? '/api/visits/apps' : '/api/visits';
  await change(context, 'DELETE', `${path}/${encodeURIComponent(id!)}`);
  return redirect(`/visits?ended=${what === 'app' ? 'app' : 'visit'}`, 303);
}

/** Where whoever looks is signed in, and which apps may see things in their name, each with the way to end it. */
export default function Visits() {
  const { visits, apps, mustSignInAgain, provider, did } = useLoaderData<typeof loader>();
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Where you are signed in</h1>
      {did !== undefined && (
        <div className="nhsuk-inset-text" role="status">
          <p>{did}</p>
        </div>
      )}
      <p>
        You are signed in {visits.length === 1 ? 'here only' : `${visits.length} times`}. If you see one that
        you do not know, end it, and tell your IT service or the service you signed in with.
      </p>
      {mustSignInAgain && (
        <div className="nhsuk-inset-text">
          <p>
            To end one of these, <a href={againAt(provider)}>sign in again</a> first. So we know that it is
            you.
          </p>
        </div>
      )}
      <ul className="cards">
        {visits.map((visit) => (
          <Visit key={visit.id} visit={visit} mayEnd={!mustSignInAgain} />
        ))}
      </ul>
      <form method="post" action="/sign-in/out">
        <input type="hidden" name="everywhere" value="yes" />
        <button className="nhsuk-button nhsuk-button--secondary" type="submit">
          Sign out everywhere, here too
        </button>
      </form>
      <h2 className="nhsuk-heading-m">Apps you allowed</h2>
      {apps.length === 0 ? (
        <p>No app may see anything in your name now.</p>
      ) : (
        <>
          <p>
            {countWords(apps.length, 'app')} may see things in your name. Each stops at the latest when you
            sign out where you allowed it.
          </p>
          <ul className="cards">
            {apps.map((app) => (
              <App key={app.id} app={app} mayEnd={!mustSignInAgain} />
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

const againAt = (provider: string): string =>
  `/sign-in/start?${new URLSearchParams({ provider, to: '/visits', again: 'true' })}`;

function Visit({ visit, mayEnd }: { visit: OpenVisit; mayEnd: boolean }) {
  const { id, isThis, device, role, organisation, begun, lastSeen, endsAt } = visit;
  const name = device ?? 'A device we do not know';
  return (
    <li>
      <div className="card card--calm">
        <h2>
          {name} {isThis && <strong className="nhsuk-tag nhsuk-tag--green">Here</strong>}
        </h2>
        <dl className="facts">
          {role !== null && (
            <Fact name="As">
              {role}, {organisation}
            </Fact>
          )}
          <Fact name="Since">{dateTimeWords(begun)}</Fact>
          <Fact name="Last used">{isThis ? 'Now' : dateTimeWords(lastSeen)}</Fact>
          <Fact name="Ends, if not used">{dateTimeWords(endsAt)}</Fact>
        </dl>
        {!isThis && mayEnd && (
          <End what="visit" id={id} text="End this visit" of={`${name}, ${dateTimeWords(begun)}`} />
        )}
      </div>
    </li>
  );
}

function App({ app, mayEnd }: { app: AllowedApp; mayEnd: boolean }) {
  const { id, name, organisation, says, isAboutOne, allowed, lastUsed } = app;
  return (
    <li>
      <div className="card card--calm">
        <h3>{name}</h3>
        <p>{organisation} answers for it.</p>
        <ul>
          {says.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <dl className="facts">
          {isAboutOne && <Fact name="About">One person only</Fact>}
          <Fact name="You allowed it">{dateTimeWords(allowed)}</Fact>
          <Fact name="Last used">{lastUsed === null ? 'Not yet' : dateTimeWords(lastUsed)}</Fact>
        </dl>
        {mayEnd && <End what="app" id={id} text="Stop this app" of={name} />}
      </div>
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}: </dt>
      <dd>{children}</dd>
    </div>
  );
}

function End({ what, id, text, of }: { what: 'visit' | 'app'; id: string; text: string; of: string }) {
  return (
    <form method="post" action="/visits">
      <input type="hidden" name="id" value={id} />
      <button className="nhsuk-button nhsuk-button--secondary" name="end" value={what} type="submit">
        {text}
        <span className="nhsuk-u-visually-hidden">: {of}</span>
      </button>
    </form>
  );
}
