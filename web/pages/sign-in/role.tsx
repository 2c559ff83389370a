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
import { PageRadios } from '../../components/radios.tsx';
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
        <PageRadios
          name="role"
          question="Which role are you in now?"
          hint="What you can see follows from the role. You can change it at any time."
          options={roles.map(({ id, roleName, organisationName }) => ({
            value: id,
            label: roleName,
            hint: organisationName,
          }))}
          chosen={chosen}
          misfit={misfit}
        />
        <button className="nhsuk-button" type="submit">
          Continue
        </button>
      </form>
    </Page>
  );
}
