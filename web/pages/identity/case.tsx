import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read, send } from '../../api/client.ts';
import type { CaseDetail, CasePerson, Verdict } from '../../api/identity.ts';
import { WaterfallChart } from '../../charts/waterfall.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import {
  queueWords,
  reasonWords,
  sentence,
  sourceWords,
  stateWords,
  verdictWords,
} from '../../words/identity.ts';
import { keepReviewer, reviewerOf } from './reviewer.ts';
import { SideBySide } from './side-by-side.tsx';

export const meta = titled('Is this one person?');

const addressOf = (params: LoaderFunctionArgs['params']) =>
  `/api/identity/cases/${encodeURIComponent(params['caseId'] ?? '')}`;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const found = await read<CaseDetail>(context, addressOf(params));
  const asked = new URL(request.url).searchParams;
  return { found, reviewer: reviewerOf(request), incomplete: asked.has('incomplete') };
}

/** Notes the opinion and goes on to the next case. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const [verdict, personId] = text('verdict').split(' ');
  const reviewer = text('reviewer');
  const reason = text('reason');
  if (verdict === undefined || verdict === '' || reviewer === '' || reason === '')
    return redirect(`/identity/cases/${params['caseId']}?incomplete`, 303);
  const { next } = await send<{ next: string | null }>(context, `${addressOf(params)}/opinions`, {
    reviewer,
    verdict,
    reason,
    ...(personId === undefined ? {} : { personId }),
    ...(text('note') === '' ? {} : { note: text('note') }),
  });
  const headers = keepReviewer(reviewer);
  return redirect(next === null ? '/identity' : `/identity/cases/${next}`, { status: 303, headers });
}

/** One record beside the people it may belong to, with what speaks for and against. */
export default function Case() {
  const { found, reviewer, incomplete } = useLoaderData<typeof loader>();
  const isOpen = found.state === 'waiting' || found.state === 'disputed';
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/identity">Doubtful matches</a>
      </p>
      {incomplete && (
        <div className="nhsuk-error-summary" role="alert">
          <h2 className="nhsuk-error-summary__title">Something is missing</h2>
          <p>
            <a href="#reviewer">Choose an answer, a reason, and say who you are</a>
          </p>
        </div>
      )}
      <h1 className="nhsuk-heading-l">Is this one person?</h1>
      <p>
        <strong className="nhsuk-tag nhsuk-tag--blue">{queueWords[found.queue]}</strong>{' '}
        {sentence(found.reasons.join('; '))}.
      </p>
      {found.patient === null && <p>The record is gone since.</p>}
      {found.people.map((person, index) => (
        <Person key={person.personId} found={found} person={person} name={personName(found, index)} />
      ))}
      {isOpen ? <Decide found={found} reviewer={reviewer} /> : <Decided found={found} />}
    </Page>
  );
}

const personName = ({ people }: CaseDetail, index: number): string =>
  people.length === 1 ? 'The person we know' : `Person ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index] ?? index + 1}`;

function Person({ found, person, name }: { found: CaseDetail; person: CasePerson; name: string }) {
  if (found.patient === null) return null;
  return (
    <Sheet>
      <h2>{name}</h2>
      <p className="nhsuk-body-s">
        This record: {sourceWords(found.patient)}. Known record: {sourceWords(person.side)}.{' '}
        <a href={`/identity/people/${person.side.personId ?? person.personId}`}>All records of this person</a>
      </p>
      <SideBySide
        caption={`Side by side with ${name.toLowerCase()}`}
        left={found.patient}
        right={person.side}
        agreements={person.agreements}
      />
      <WaterfallChart
        evidence={person.evidence}
        link={found.thresholds.link}
        caption="What speaks for and against"
      />
      {person.evidence.vetoes.length > 0 && (
        <p>
          <strong>Never linked without a reviewer: </strong>
          {person.evidence.vetoes.map(sentence).join(', ')}.
        </p>
      )}
    </Sheet>
  );
}

function Decide({ found, reviewer }: { found: CaseDetail; reviewer: string }) {
  const answers: [string, string][] = [
    ...found.people.map(({ personId }, index): [string, string] => [
      `same ${personId}`,
      found.people.length === 1 ? verdictWords.same : `Same person as ${personName(found, index)}`,
    ]),
    ['different', found.people.length === 1 ? verdictWords.different : 'None of these people'],
    ['cannot-tell', verdictWords['cannot-tell']],
  ];
  return (
    <form method="post">
      <div className="nhsuk-form-group">
        <fieldset className="nhsuk-fieldset">
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
            <h2 className="nhsuk-fieldset__heading">Your answer</h2>
          </legend>
          {found.twice && (
            <p className="nhsuk-hint">Two reviewers look at this case. Neither sees what the other thinks.</p>
          )}
          <div className="nhsuk-radios">
            {answers.map(([value, words], index) => (
              <div className="nhsuk-radios__item" key={value}>
                <input
                  className="nhsuk-radios__input"
                  id={`verdict-${index}`}
                  name="verdict"
                  type="radio"
                  value={value}
                  required
                />
                <label className="nhsuk-label nhsuk-radios__label" htmlFor={`verdict-${index}`}>
                  {words}
                </label>
              </div>
            ))}
          </div>
        </fieldset>
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="reason">
          Why
        </label>
        <select className="nhsuk-select" id="reason" name="reason" required defaultValue="">
          <option value="">Choose a reason</option>
          {(Object.keys(reasonWords) as Verdict[]).map((verdict) => (
            <optgroup key={verdict} label={verdictWords[verdict]}>
              {reasonWords[verdict].map((reason) => (
                <option key={reason}>{reason}</option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="note">
          Note (if you wish)
        </label>
        <textarea className="nhsuk-textarea" id="note" name="note" rows={2} maxLength={2000} />
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="reviewer">
          Your initials
        </label>
        <input
          className="nhsuk-input nhsuk-input--width-10"
          id="reviewer"
          name="reviewer"
          defaultValue={reviewer}
          maxLength={60}
          required
        />
      </div>
      <button className="nhsuk-button" type="submit">
        Decide, and go to the next case
      </button>
    </form>
  );
}

function Decided({ found }: { found: CaseDetail }) {
  return (
    <Sheet>
      <h2>{stateWords[found.state]}</h2>
      <ul>
        {found.opinions.map(({ reviewer, verdict, reason, note, given }) => (
          <li key={reviewer}>
            {reviewer}: {verdict === undefined ? '' : verdictWords[verdict]}. {reason}. {note}{' '}
            <span className="aside">{dateTimeWords(given)}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
