import { data, useActionData, type ActionFunctionArgs } from 'react-router';
import { send, type Refusal } from '../../api/client.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Page, titled } from '../../components/page.tsx';
import { nothingTyped, pairOf, type Misfit, type Typed } from '../strangers/pair.ts';
import { PairForm } from '../strangers/pair-form.tsx';
import { PrivacyNav } from './parts.tsx';

export const meta = titled('Find a person to check on');

type Answered =
  | { state: 'unclear'; typed: Typed; misfits: Misfit[] }
  | { state: 'nobody'; typed: Typed; title: string; wayOut: string | undefined }
  | { state: 'there'; person: string };

/** Answers what was posted on the same page: what was typed stands in no address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const typed = { nhsNumber: text('nhsNumber'), day: text('day'), month: text('month'), year: text('year') };
  const pair = pairOf(typed);
  if ('misfits' in pair) return data<Answered>({ state: 'unclear', typed, ...pair }, { status: 400 });
  const found = await send<{ person: string } | Refusal>(context, '/api/privacy/people', pair, [404]);
  if ('person' in found) return data<Answered>({ state: 'there', person: found.person });
  const { title, wayOut, status } = found;
  return data<Answered>({ state: 'nobody', typed, title, wayOut }, { status });
}

/** Finds the person whom a question or a complaint is about, and leads to what can be checked of them. */
export default function FindPerson() {
  const answer = useActionData<typeof action>();
  if (answer?.state === 'there') return <There person={answer.person} />;
  const misfits = answer?.state === 'unclear' ? answer.misfits : [];
  return (
    <Page>
      {misfits.length > 0 && <ErrorSummary misfits={misfits} />}
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">Find a person to check on</h1>
      <p>For a question or a complaint. You see who looked at their record, not the record.</p>
      {answer?.state === 'nobody' && (
        <div className="nhsuk-inset-text" role="status">
          <h2 className="nhsuk-heading-s">{answer.title}</h2>
          <p>{answer.wayOut}</p>
        </div>
      )}
      <PairForm
        action="/privacy/person"
        typed={answer === undefined ? nothingTyped : answer.typed}
        misfits={misfits}
      />
      <p>Each try is written down. The person can see that you found them.</p>
    </Page>
  );
}

function There({ person }: { person: string }) {
  const query = new URLSearchParams({ person });
  return (
    <Page>
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">This person is here</h1>
      <ul className="nhsuk-list">
        <li>
          <a href={`/privacy?${query}`}>Who looked at their record</a>
        </li>
        <li>
          <a href={`/privacy/who-could-see?${query}`}>Who could see it today</a>
        </li>
        <li>
          <a href="/privacy/person">Find somebody else</a>
        </li>
      </ul>
    </Page>
  );
}
