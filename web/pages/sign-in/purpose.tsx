import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { Page, titled } from '../../components/page.tsx';
import { ownPath, withReturn } from '../../frame/own-path.ts';
import { keepPurpose, purposeOf } from '../../frame/purpose.ts';
import { viewerOf } from '../../frame/viewer.ts';
import { purposeWords, staffPurposes } from '../../words/purposes.ts';

export const meta = titled('Why are you looking?');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const to = ownPath(new URL(request.url).searchParams.get('to'));
  const viewer = await viewerOf(context);
  if (viewer.state !== 'signed-in' || viewer.role === null) throw redirect(withReturn('/sign-in', to), 303);
  return { to, usual: viewer.role.usualPurpose, chosen: purposeOf(request) ?? '' };
}

/** Keeps the purpose for this visit; none is what is usual for the role. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const code = staffPurposes.find((each) => each.code === form.get('purpose'))?.code;
  return redirect(ownPath(String(form.get('to') ?? '/')), {
    status: 303,
    headers: { 'set-cookie': keepPurpose(code) },
  });
}

/** What may be seen follows from the purpose too, and each look is written down with it. */
export default function Purpose() {
  const { to, usual, chosen } = useLoaderData<typeof loader>();
  const choices = [
    {
      code: '',
      words: usual === null ? 'what is usual for my role' : `${purposeWords(usual)}, as is usual for my role`,
      hint: '',
    },
    ...staffPurposes.filter(({ code }) => code !== usual),
  ];
  return (
    <Page>
      <form method="post">
        <input type="hidden" name="to" value={to} />
        <div className="nhsuk-form-group">
          <fieldset className="nhsuk-fieldset" aria-describedby="purpose-hint">
            <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--l">
              <h1 className="nhsuk-fieldset__heading">Why are you looking?</h1>
            </legend>
            <div className="nhsuk-hint" id="purpose-hint">
              Each look is written down with its reason, and the person can see it. Some reasons are not open
              to your role.
            </div>
            <div className="nhsuk-radios">
              {choices.map(({ code, words, hint }, index) => (
                <div className="nhsuk-radios__item" key={code}>
                  <input
                    className="nhsuk-radios__input"
                    id={`purpose-${index}`}
                    name="purpose"
                    type="radio"
                    value={code}
                    defaultChecked={code === chosen}
                    aria-describedby={hint === '' ? undefined : `purpose-${index}-hint`}
                  />
                  <label className="nhsuk-label nhsuk-radios__label" htmlFor={`purpose-${index}`}>
                    {words.charAt(0).toUpperCase() + words.slice(1)}
                  </label>
                  {hint !== '' && (
                    <div className="nhsuk-hint nhsuk-radios__hint" id={`purpose-${index}-hint`}>
                      {hint}
                    </div>
                  )}
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
