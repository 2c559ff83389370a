import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read } from '../../api/client.ts';
import type { Use, Uses } from '../../api/privacy.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { dateTimeWords, dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { Lines, PrivacyNav, Whose } from './parts.tsx';

export const meta = titled('Broken glasses');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const all = new URL(request.url).searchParams.has('all');
  return { found: await read<Uses>(context, `/api/privacy/glass?waiting=${all ? 'false' : 'true'}`), all };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const address = `/api/privacy/glass/${encodeURIComponent(text('use'))}`;
  if (text('do') === 'delay') await change(context, 'POST', `${address}/delay`, { reason: text('reason') });
  else
    await change(context, 'POST', `${address}/review`, { outcome: text('outcome'), reason: text('reason') });
  return redirect('/privacy/glass', 303);
}

/** Every time somebody broke the glass, until somebody else has reviewed it. */
export default function Glass() {
  const { found, all } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">Broken glasses</h1>
      <p>
        {found.waiting === 0
          ? 'None waits for a review.'
          : `${countWords(found.waiting, 'use waits', 'uses wait')} for a review by somebody else than who broke it.`}{' '}
        {countWords(found.all, 'use', 'uses')} in all.{' '}
        {all ? <a href="/privacy/glass">Show those that wait</a> : <a href="/privacy/glass?all">Show all</a>}
      </p>
      {found.uses.map((use) => (
        <Sheet key={use.id}>
          <OneUse use={use} />
        </Sheet>
      ))}
    </Page>
  );
}

function OneUse({ use }: { use: Use }) {
  const [first] = use.opened;
  return (
    <section aria-labelledby={`use-${use.id}`}>
      <h2 className="nhsuk-heading-m" id={`use-${use.id}`}>
        {first?.userName ?? use.user}, {dateTimeWords(use.from)}
      </h2>
      <p>
        <strong className={`nhsuk-tag nhsuk-tag--${use.open ? 'red' : 'grey'}`}>
          {use.open ? 'Open now' : 'Closed'}
        </strong>{' '}
        The record of <Whose person={use.person} name={use.personName} />, until {dateTimeWords(use.until)}.
      </p>
      <p className="privacy-said">They wrote: {use.reason}</p>
      {use.opened.length > 0 && (
        <details className="nhsuk-details">
          <summary className="nhsuk-details__summary">
            <span className="nhsuk-details__summary-text">
              What was done under it: {countWords(use.openedInAll, 'event')}
            </span>
          </summary>
          <div className="nhsuk-details__text">
            <Lines ofOne caption={`The last ${use.opened.length} of ${use.openedInAll}`} lines={use.opened} />
            {use.openedInAll > use.opened.length && (
              <a href={`/privacy?person=${use.person}&user=${encodeURIComponent(use.user)}`}>All of them</a>
            )}
          </div>
        </details>
      )}
      <p>
        {use.toldFrom === null
          ? 'The person is told.'
          : `The person is not told before ${dateWords(use.toldFrom)}, for a recorded safeguarding reason.`}
      </p>
      <Outcome use={use} />
    </section>
  );
}

function Outcome({ use }: { use: Use }) {
  if (use.review !== null) {
    return (
      <p>
        {use.review.outcome === 'justified' ? 'Found right' : 'Found wrong'} on{' '}
        {dateWords(use.review.reviewed)}: {use.review.reason}
      </p>
    );
  }
  if (!use.mayReview) return <p>You broke this glass. Somebody else must review it.</p>;
  const field = `reason-${use.id}`;
  return (
    <>
      <form method="post" action="/privacy/glass">
        <input type="hidden" name="use" value={use.id} />
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor={field}>
            What did you find?
          </label>
          <textarea className="nhsuk-textarea" id={field} name="reason" rows={2} maxLength={500} required />
        </div>
        <button className="nhsuk-button" name="outcome" value="justified" type="submit">
          It was right
        </button>{' '}
        <button
          className="nhsuk-button nhsuk-button--secondary"
          name="outcome"
          value="not-justified"
          type="submit"
        >
          It was wrong
        </button>
      </form>
      {use.toldFrom === null && (
        <details className="nhsuk-details">
          <summary className="nhsuk-details__summary">
            <span className="nhsuk-details__summary-text">Tell the person later</span>
          </summary>
          <form className="nhsuk-details__text" method="post" action="/privacy/glass">
            <input type="hidden" name="use" value={use.id} />
            <div className="nhsuk-form-group">
              <label className="nhsuk-label" htmlFor={`delay-${use.id}`}>
                Safeguarding reason
              </label>
              <textarea
                className="nhsuk-textarea"
                id={`delay-${use.id}`}
                name="reason"
                rows={2}
                maxLength={500}
                required
              />
            </div>
            <button className="nhsuk-button nhsuk-button--secondary" name="do" value="delay" type="submit">
              Tell them later
            </button>
          </form>
        </details>
      )}
    </>
  );
}
