import { data, useActionData, type ActionFunctionArgs } from 'react-router';
import { send, type Refusal } from '../../api/client.ts';
import { Page, titled } from '../../components/page.tsx';
import { pairOf, typedIn } from '../strangers/pair.ts';
import { PairPage, type NotFound } from '../strangers/pair-page.tsx';
import { PrivacyNav } from './parts.tsx';

export const meta = titled('Find a person to check on');

type Answered = NotFound | { state: 'there'; person: string };

/** Answers what was posted on the same page: what was typed stands in no address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const typed = typedIn(await request.formData());
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
  return (
    <PairPage
      action="/privacy/person"
      title="Find a person to check on"
      lead="For a question or a complaint. You see who looked at their record, not the record."
      answer={answer}
      nav={<PrivacyNav />}
    >
      <p>Each try is written down. The person can see that you found them.</p>
    </PairPage>
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
