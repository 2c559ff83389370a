import { data, redirect, useActionData, type ActionFunctionArgs } from 'react-router';
import { change, send, type Refusal } from '../../api/client.ts';
import type { Identified } from '../../api/strangers.ts';
import { ClaimForm } from '../../components/claim-form.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { GlassForm } from '../../components/glass-form.tsx';
import { Page, titled } from '../../components/page.tsx';
import { pairOf, typedIn } from './pair.ts';
import { PairPage, type NotFound } from './pair-page.tsx';

export const meta = titled('Find somebody by NHS number');

const shortest = 10;

type Answered =
  | NotFound
  | { state: 'there'; found: Identified }
  | { state: 'claim-unclear'; person: string; reason: string };

/** Answers what was posted on the same page: what was typed stands in no address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  if (text('do') === 'claim') {
    const [person, reason] = [text('person'), text('reason')];
    if (reason.length < shortest)
      return data<Answered>({ state: 'claim-unclear', person, reason }, { status: 400 });
    await change(context, 'POST', '/api/relationships/claims', { person, reason });
    return redirect(`/people/${encodeURIComponent(person)}`, 303);
  }
  const typed = typedIn(form);
  const pair = pairOf(typed);
  if ('misfits' in pair) return data<Answered>({ state: 'unclear', typed, ...pair }, { status: 400 });
  const found = await send<Identified | Refusal>(context, '/api/people/identify', pair, [404, 429]);
  if (!('person' in found)) {
    const { title, wayOut, status } = found;
    return data<Answered>({ state: 'nobody', typed, title, wayOut }, { status });
  }
  if (found.ways.state === 'open') return redirect(`/people/${found.person}`, 303);
  return data<Answered>({ state: 'there', found });
}

/** Finds somebody whom nothing ties to whoever looks, and says which ways there are to their record. */
export default function ByNumber() {
  const answer = useActionData<typeof action>();
  if (answer?.state === 'there') return <There found={answer.found} />;
  if (answer?.state === 'claim-unclear') return <ClaimAgain {...answer} />;
  return (
    <PairPage
      action="/people/by-number"
      title="Find somebody by NHS number"
      lead="Use this for a person who is not in your care here yet. A search does not find them."
      answer={answer}
    >
      <ul>
        <li>Both must be exactly right.</li>
        <li>You are told only that the person is here, and how you may come to their record.</li>
        <li>Each try is written down. The person can see that you found them.</li>
      </ul>
      <p>
        <a href="/people">Search among the people you may see</a>
      </p>
    </PairPage>
  );
}

function There({ found: { person, ways, claimHours } }: { found: Identified }) {
  if (ways.state === 'open') return null;
  const { mayClaim, mayBreak, says, waysOut } = ways;
  return (
    <Page>
      <h1 className="nhsuk-heading-l">This person is here, but their record is closed to you</h1>
      {says.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <p>{waysOut.join(' ')}</p>
      {mayClaim && <ClaimForm personId={person} hours={claimHours} />}
      {mayBreak && <GlassForm personId={person} to={`/people/${person}`} />}
      <p>
        <a href="/people/by-number">Find somebody else</a>
      </p>
    </Page>
  );
}

function ClaimAgain({ person, reason }: { person: string; reason: string }) {
  const misfit = 'Say in a few words how they are in your care';
  return (
    <Page>
      <ErrorSummary misfits={[{ field: 'claim-reason', text: misfit }]} />
      <h1 className="nhsuk-heading-l">Say that somebody is in your care</h1>
      <ClaimForm personId={person} hours={null} reason={reason} misfit={misfit} />
    </Page>
  );
}
