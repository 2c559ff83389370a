import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Correction } from '../../api/mine.ts';
import { Page, titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { changeThenShow, fieldOf } from '../mine/load.ts';

export const meta = titled('What people ask to be put right');

export const loader = async ({ context }: LoaderFunctionArgs) =>
  read<{ corrections: Correction[] }>(context, '/api/corrections');

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const [id, state, answer] = ['id', 'state', 'answer'].map((name) => fieldOf(form, name));
  return changeThenShow(
    context,
    `/api/corrections/${encodeURIComponent(id ?? '')}/answer`,
    { state, answer },
    '/rights/corrections',
  );
}

/** Each request to put an entry right, the one due first, with the entry beside it and the answer to give. */
export default function Corrections() {
  const { corrections } = useLoaderData<typeof loader>();
  return (
    <Page>
      <h1 className="nhsuk-heading-l">What people ask to be put right</h1>
      <p className="nhsuk-lede-text">
        {corrections.length === 0
          ? 'Nothing waits for your organisation.'
          : `${countWords(corrections.length, 'request waits', 'requests wait')} for your organisation.`}
      </p>
      {corrections.map((each) => (
        <section className="sheet" key={each.correctionId} aria-label={each.title}>
          <h2 className="nhsuk-heading-m">{each.title}</h2>
          <p>
            Answer by <strong>{dateWords(each.due)}</strong>.{' '}
            <a href={`/people/${each.personId}/entries/${each.type}/${each.id}`}>
              Open the entry<span className="nhsuk-u-visually-hidden">: {each.title}</span>
            </a>
          </p>
          <p>What the person says is wrong: {each.wrong}</p>
          <p>What it should say: {each.should}</p>
          <form method="post">
            <input type="hidden" name="id" value={each.correctionId} />
            <div className="nhsuk-form-group">
              <label className="nhsuk-label" htmlFor={`state-${each.correctionId}`}>
                What you did
              </label>
              <select
                className="nhsuk-select"
                id={`state-${each.correctionId}`}
                name="state"
                required
                defaultValue=""
              >
                <option value="">Choose one</option>
                <option value="changed">We changed the entry</option>
                <option value="not-changed">We did not change it</option>
              </select>
            </div>
            <div className="nhsuk-form-group">
              <label className="nhsuk-label" htmlFor={`answer-${each.correctionId}`}>
                What you tell the person
              </label>
              <textarea
                className="nhsuk-textarea"
                id={`answer-${each.correctionId}`}
                name="answer"
                rows={3}
                maxLength={2000}
                required
              />
            </div>
            <button className="nhsuk-button" type="submit">
              Answer<span className="nhsuk-u-visually-hidden">: {each.title}</span>
            </button>
          </form>
        </section>
      ))}
    </Page>
  );
}
