import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { CaseDetail } from '../../api/identity.ts';
import { Page, titled } from '../../components/page.tsx';
import { queueWords, sentence } from '../../words/identity.ts';
import { Decided, Person, personName } from './case-parts.tsx';
import { DecideForm } from './decide-form.tsx';
import { giveOpinion } from './give-opinion.ts';
import { MissingNote } from './missing-note.tsx';
import { reviewerOf } from './reviewer.ts';

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
  return giveOpinion(context, await request.formData(), {
    api: addressOf(params),
    page: `/identity/cases/${params['caseId']}?incomplete`,
    queue: '/identity',
    cases: '/identity/cases',
  });
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
      {incomplete && <MissingNote words="Choose an answer, a reason, and say who you are" />}
      <h1 className="nhsuk-heading-l">Is this one person?</h1>
      <p>
        <strong className="nhsuk-tag nhsuk-tag--blue">{queueWords[found.queue]}</strong>{' '}
        {sentence(found.reasons.join('; '))}.
      </p>
      {found.patient === null && <p>The record is gone since.</p>}
      {found.people.map((person, index) => (
        <Person key={person.personId} found={found} person={person} name={personName(found, index)} />
      ))}
      {isOpen ? <DecideForm found={found} reviewer={reviewer} /> : <Decided found={found} />}
    </Page>
  );
}
