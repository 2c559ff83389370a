import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { change } from '../../api/client.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Page, titled } from '../../components/page.tsx';
import { ownPath, withReturn } from '../../frame/own-path.ts';
import { keepPurpose } from '../../frame/purpose.ts';
import { viewerOf } from '../../frame/viewer.ts';

export const meta = titled('Which role are you in now?');

const nothingChosen = 'Choose the role you are in now';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const to = ownPath(new URL(request.url).searchParams.get('to'));
  const viewer = await viewerOf(context);
  if (viewer.state !== 'signed-in') throw redirect(withReturn('/sign-in', to), 303);
  return { to, roles: viewer.roles, chosen: viewer.role?.id ?? null };
}

/** Takes the chosen role and goes on to where somebody was going. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const role = form.get('role');
  if (typeof role !== 'string') return data({ misfit: nothingChosen }, { status: 400 });
  await change(context, 'PUT', '/api/session/role', { role });
  return redirect(ownPath(String(form.get('to') ?? '/')), {
    status: 303,
    headers: { 'set-cookie': keepPurpose(undefined) },
  });
}

/** One role at a time: what may be seen follows from it, and it stands on each page. */
export default function ChooseRole() {
  const { to, roles, chosen } = useLoaderData<typeof loader>();
  const misfit = useActionData<typeof action>()?.misfit;
  return (
    <Page>
      {misfit !== undefined && <ErrorSummary misfits={[{ field: 'role-0', text: misfit }]} />}
      <form method="post" noValidate>
        <input type="hidden" name="to" value={to} />
        <div className={`nhsuk-form-group${misfit === undefined ? '' : ' nhsuk-form-group--error'}`}>
          <fieldset
            className="nhsuk-fieldset"
            aria-describedby={misfit === undefined ? 'role-hint' : 'role-hint role-error'}
          >
            <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--l">
              <h1 className="nhsuk-fieldset__heading">Which role are you in now?</h1>
            </legend>
            <div className="nhsuk-hint" id="role-hint">
              What you can see follows from the role. You can change it at any time.
            </div>
            {misfit !== undefined && (
              <span className="nhsuk-error-message" id="role-error">
                <span className="nhsuk-u-visually-hidden">Error:</span> {misfit}
              </span>
            )}
            <div className="nhsuk-radios">
              {roles.map(({ id, roleName, organisationName }, index) => (
                <div className="nhsuk-radios__item" key={id}>
                  <input
                    className="nhsuk-radios__input"
                    id={`role-${index}`}
                    name="role"
                    type="radio"
                    value={id}
                    defaultChecked={id === chosen}
                    aria-describedby={`role-${index}-hint`}
                  />
                  <label className="nhsuk-label nhsuk-radios__label" htmlFor={`role-${index}`}>
                    {roleName}
                  </label>
                  <div className="nhsuk-hint nhsuk-radios__hint" id={`role-${index}-hint`}>
                    {organisationName}
                  </div>
                </div>
              ))}
            </div>
          </fieldset>
        </div>
        <button className="nhsuk-button" type="submit">
          Continue
        </button>
      </form>
    </Page>
  );
}
