import { useLoaderData, type ActionFunctionArgs } from 'react-router';
import { titled } from '../../components/page.tsx';
import { changeThenShow, fieldOf, readAskedEntry } from './load.ts';

export const meta = titled('Hide an entry');

export const loader = readAskedEntry;

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const entry = { type: fieldOf(form, 'type'), id: fieldOf(form, 'id') };
  return changeThenShow(context, '/api/mine/seals', entry, '/mine/choices?done=hidden');
}

/** Says what hiding does before it is done. */
export default function Hide() {
  const { entry, asked } = useLoaderData<typeof loader>();
  return (
    <>
      <p className="nhsuk-body-s">
        <a href="/mine">My record</a>
      </p>
      <h1 className="nhsuk-heading-l">Hide “{entry.title}”?</h1>
      <h2 className="nhsuk-heading-s">What it does</h2>
      <ul>
        <li>Only the service that wrote it can see it.</li>
        <li>Whoever acts for you cannot see it.</li>
        <li>It counts at once. You can show it again.</li>
      </ul>
      <h2 className="nhsuk-heading-s">What it does not do</h2>
      <ul>
        <li>In an emergency, staff can still open it. You are told each time.</li>
        <li>It does not take it out of your record.</li>
      </ul>
      <p>It can be hard to treat you well when staff do not know. Ask your doctor if you are not sure.</p>
      <form method="post">
        <input type="hidden" name="type" value={asked.type} />
        <input type="hidden" name="id" value={asked.id} />
        <button className="nhsuk-button" type="submit">
          Hide it
        </button>
      </form>
    </>
  );
}
