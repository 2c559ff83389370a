import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { send } from '../../api/client.ts';
import { titled } from '../../components/page.tsx';
import { fieldOf } from './load.ts';

export const meta = titled('Ask about a look');

export function loader({ request }: LoaderFunctionArgs) {
  return { about: new URL(request.url).searchParams.get('about') ?? '' };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const about = fieldOf(form, 'about');
  await send(context, '/api/mine/questions', {
    says: fieldOf(form, 'says'),
    ...(about === '' ? {} : { eventId: about }),
  });
  return redirect('/mine/who-looked?done=asked', 303);
}

/** Asks the privacy officer about one look, or about the list as a whole. */
export default function QuestionNew() {
  const { about } = useLoaderData<typeof loader>();
  return (
    <>
      <p className="nhsuk-body-s">
        <a href="/mine/who-looked">Who looked at my record</a>
      </p>
      <h1 className="nhsuk-heading-l">What looks wrong?</h1>
      <p>
        The privacy officer reads this. They find out why it was, and tell you. That takes a month at most.
      </p>
      <form method="post">
        <input type="hidden" name="about" value={about} />
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor="says">
            Your question
          </label>
          <div className="nhsuk-hint" id="says-hint">
            Such as: I was not at this hospital. Or: I know this person.
          </div>
          <textarea
            className="nhsuk-textarea"
            id="says"
            name="says"
            rows={5}
            maxLength={2000}
            required
            aria-describedby="says-hint"
          />
        </div>
        <button className="nhsuk-button" type="submit">
          Send my question
        </button>
      </form>
    </>
  );
}
