import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { Page, titled } from '../../components/page.tsx';
import { PageRadios } from '../../components/radios.tsx';
import { ownPath, withReturn } from '../../frame/own-path.ts';
import { keepPurpose, purposeOf } from '../../frame/purpose.ts';
import { viewerOf } from '../../frame/viewer.ts';
import { sentence } from '../../words/identity.ts';
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
  const options = [
    {
      value: '',
      label: sentence(
        usual === null ? 'what is usual for my role' : `${purposeWords(usual)}, as is usual for my role`,
      ),
    },
    ...staffPurposes
      .filter(({ code }) => code !== usual)
      .map(({ code, words, hint }) => ({ value: code, label: sentence(words), hint })),
  ];
  return (
    <Page>
      <form method="post">
        <input type="hidden" name="to" value={to} />
        <PageRadios
          name="purpose"
          question="Why are you looking?"
          hint="Each look is written down with its reason, and the person can see it. Some reasons are not open to your role."
          options={options}
          chosen={chosen}
        />
        <button className="nhsuk-button" type="submit">
          Continue
        </button>
      </form>
    </Page>
  );
}
