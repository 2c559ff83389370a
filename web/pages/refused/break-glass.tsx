import { data, redirect, useActionData, type ActionFunctionArgs } from 'react-router';
import { change } from '../../api/client.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { GlassForm } from '../../components/glass-form.tsx';
import { Page, titled } from '../../components/page.tsx';
import { ownPath } from '../../frame/own-path.ts';

export const meta = titled('Break the glass');

const shortest = 10;
const tooShort = 'Say in a few words why you need it';

/** States the reason, and goes back to the page that was refused; or closes a record that was opened so. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const [person, reason, to] = [text('person'), text('reason'), ownPath(text('to'))];
  if (text('do') === 'close') {
    await change(context, 'DELETE', `/api/glass/${encodeURIComponent(person)}`);
    return redirect('/', 303);
  }
  if (reason.length < shortest) return data({ person, reason, to }, { status: 400 });
  await change(context, 'POST', '/api/glass', { person, reason });
  return redirect(to, 303);
}

/** Shown when the reason was too short. */
export default function BreakGlass() {
  const given = useActionData<typeof action>();
  if (given === undefined) return <OnlyPostedTo />;
  return (
    <Page>
      <ErrorSummary misfits={[{ field: 'glass-reason', text: tooShort }]} />
      <h1 className="nhsuk-heading-l">Break the glass</h1>
      <GlassForm personId={given.person} to={given.to} reason={given.reason} misfit={tooShort} />
    </Page>
  );
}

function OnlyPostedTo() {
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Find the person first</h1>
      <p>If their record is closed to you, the page that says so also says how to ask.</p>
      <p>
        <a href="/people">Find a person</a>
      </p>
    </Page>
  );
}
