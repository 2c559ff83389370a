import { redirect, useLoaderData, type ActionFunctionArgs } from 'react-router';
import { send } from '../../api/client.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { fieldOf, readAskedEntry } from './load.ts';

export const meta = titled('Ask to put an entry right');

export const loader = readAskedEntry;

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const [type, id, title, wrong, should] = ['type', 'id', 'title', 'wrong', 'should'].map((name) =>
    fieldOf(form, name),
  );
  await send(context, '/api/mine/corrections', { type, id, title, wrong, should });
  return redirect('/mine/corrections?done=asked', 303);
}

export default function CorrectionNew() {
  const { entry, asked } = useLoaderData<typeof loader>();
  return (
    <>
      <p className="nhsuk-body-s">
        <a href="/mine">My record</a>
      </p>
      <h1 className="nhsuk-heading-l">What is wrong with “{entry.title}”?</h1>
      <p>
        {entry.from.join(', ')} wrote this{entry.when === null ? '' : `, on ${dateWords(entry.when)}`}. We
        send what you say to them. They must answer within a month. What they wrote stays on file, with your
        words.
      </p>
      <form method="post">
        <input type="hidden" name="type" value={asked.type} />
        <input type="hidden" name="id" value={asked.id} />
        <input type="hidden" name="title" value={entry.title} />
        {(
          [
            ['wrong', 'What is wrong'],
            ['should', 'What it should say'],
          ] as const
        ).map(([name, label]) => (
          <div className="nhsuk-form-group" key={name}>
            <label className="nhsuk-label" htmlFor={name}>
              {label}
            </label>
            <textarea className="nhsuk-textarea" id={name} name={name} rows={4} maxLength={2000} required />
          </div>
        ))}
        <button className="nhsuk-button" type="submit">
          Ask them to put it right
        </button>
      </form>
    </>
  );
}
