import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { requestPath, type AppRequest } from '../../api/app-requests.ts';
import { read, send, type Refusal } from '../../api/client.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Page, titled } from '../../components/page.tsx';
import { Wrong } from '../../components/wrong.tsx';
import { withReturn } from '../../frame/own-path.ts';
import { mustChoose, viewerOf } from '../../frame/viewer.ts';
import { dateWords } from '../../words/dates.ts';

export const meta = titled('Allow an app');

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const here = new URL(request.url).pathname;
  const viewer = await viewerOf(context);
  if (viewer.state === 'signed-out') throw redirect(withReturn('/sign-in', here), 303);
  if (mustChoose(viewer)) throw redirect(withReturn('/sign-in/role', here), 303);
  return read<AppRequest>(context, requestPath(params['uid']));
}

type Answered = { misfit: string } | { next: string };

/** Sends the answer. Where to go on is shown as a link: a form may lead to nobody but us. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const allow = form.get('answer') === 'allow';
  const scopes = form.getAll('scope').map(String);
  if (allow && scopes.length === 0)
    return data<Answered>({ misfit: 'Choose at least one thing, or say no' }, { status: 400 });
  const nhsNumber = form.get('nhsNumber');
  const body = { allow, scopes, ...(typeof nhsNumber === 'string' ? { nhsNumber } : {}) };
  const said = await send<{ next: string } | Refusal>(context, requestPath(params['uid']), body, [422]);
  if (!('next' in said)) return data<Answered>({ misfit: said.title }, { status: 422 });
  const { pathname } = new URL(said.next);
  return data<Answered>({ next: pathname });
}

/** One question: may this app see this? Yes to less is possible, and no is as easy as yes. */
export default function AskForApp() {
  const asked = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer !== undefined && 'next' in answer) return <GoOn app={asked.app.name} next={answer.next} />;
  const { app, scopes, patient, left } = asked;
  const misfit = answer?.misfit;
  return (
    <Page>
      {misfit !== undefined && (
        <ErrorSummary misfits={[{ field: asked.mustChoose ? 'nhs-number' : 'scope-0', text: misfit }]} />
      )}
      <h1 className="nhsuk-heading-l">Allow {app.name} to see this?</h1>
      <p>
        {app.name} is not part of OpenICS. {app.organisation} registered it and answers for it. It can never
        see more than you can, and it stops when you sign out.
      </p>
      <form method="post" noValidate>
        {patient !== null && (
          <dl className="nhsuk-summary-list">
            <div className="nhsuk-summary-list__row">
              <dt className="nhsuk-summary-list__key">About</dt>
              <dd className="nhsuk-summary-list__value">
                {patient.name}
                {patient.birthDate !== undefined && <>, born {dateWords(patient.birthDate)}</>}
              </dd>
            </div>
          </dl>
        )}
        {asked.mustChoose && <WhoseRecord misfit={misfit} />}
        <fieldset className="nhsuk-fieldset nhsuk-form-group">
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
            <h2 className="nhsuk-fieldset__heading">What it may do</h2>
          </legend>
          <div className="nhsuk-hint">Take away what you do not want it to do.</div>
          <div className="nhsuk-checkboxes">
            {scopes.map(({ scope, says, changes }, index) => (
              <div className="nhsuk-checkboxes__item" key={scope}>
                <input
                  className="nhsuk-checkboxes__input"
                  id={`scope-${index}`}
                  name="scope"
                  type="checkbox"
                  value={scope}
                  defaultChecked
                />
                <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={`scope-${index}`}>
                  {says}
                  {changes && <strong> (this changes the record)</strong>}
                </label>
              </div>
            ))}
          </div>
        </fieldset>
        {left > 0 && (
          <p>
            It asked for {left} more {left === 1 ? 'thing' : 'things'} that it is not registered for. It does
            not get {left === 1 ? 'it' : 'them'}.
          </p>
        )}
        <div className="nhsuk-button-group nhsuk-u-margin-top-5">
          <button className="nhsuk-button" name="answer" value="allow">
            Allow
          </button>
          <button className="nhsuk-button nhsuk-button--secondary" name="answer" value="refuse">
            Do not allow
          </button>
        </div>
      </form>
    </Page>
  );
}

function WhoseRecord({ misfit }: { misfit: string | undefined }) {
  return (
    <div className={`nhsuk-form-group${misfit === undefined ? '' : ' nhsuk-form-group--error'}`}>
      <label className="nhsuk-label nhsuk-label--m" htmlFor="nhs-number">
        Whose record?
      </label>
      <div className="nhsuk-hint" id="nhs-number-hint">
        The NHS number, 10 digits. The app sees this person and nobody else.
      </div>
      {misfit !== undefined && <Wrong field="nhs-number" text={misfit} />}
      <input
        className="nhsuk-input nhsuk-input--width-10"
        id="nhs-number"
        name="nhsNumber"
        inputMode="numeric"
        autoComplete="off"
        aria-describedby={misfit === undefined ? 'nhs-number-hint' : 'nhs-number-hint nhs-number-error'}
      />
    </div>
  );
}

function GoOn({ app, next }: { app: string; next: string }) {
  return (
    <Page>
      <meta httpEquiv="refresh" content={`0;url=${next}`} />
      <h1 className="nhsuk-heading-l">Going back to {app}</h1>
      <p>
        <a href={next}>Go on to {app}</a> if nothing happens.
      </p>
    </Page>
  );
}
