import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read, send } from '../../api/client.ts';
import type { SealedCase } from '../../api/identity.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { sentence } from '../../words/identity.ts';
import { Initials } from './initials.tsx';
import { Decided, Person, personName } from './case-parts.tsx';
import { DecideForm } from './decide-form.tsx';
import { fieldOf, giveOpinion } from './give-opinion.ts';
import { MissingNote } from './missing-note.tsx';
import { keepReviewer, reviewerOf } from './reviewer.ts';

export const meta = titled('A sealed case');

const apiOf = (params: LoaderFunctionArgs['params']) =>
  `/api/identity/sealed/${encodeURIComponent(params['caseId'] ?? '')}`;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const reviewer = reviewerOf(request);
  const look = asked.get('look') ?? '';
  const query = look === '' || reviewer === '' ? '' : `?${new URLSearchParams({ look, reviewer })}`;
  const found = await read<SealedCase>(context, `${apiOf(params)}${query}`);
  return { found, reviewer, incomplete: asked.has('incomplete') };
}

/** Opens the case for somebody who says why, or notes their opinion. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const here = `/identity/sealed/${params['caseId']}`;
  if (fieldOf(form, 'verdict') !== '' || fieldOf(form, 'do') === 'decide') {
    const look = new URL(request.url).searchParams.get('look') ?? '';
    return giveOpinion(context, form, {
      api: apiOf(params),
      page: `${here}?${new URLSearchParams({ look, incomplete: '' })}`,
      queue: '/identity/sealed',
      cases: '/identity/sealed',
    });
  }
  const [reviewer, reason] = [fieldOf(form, 'reviewer'), fieldOf(form, 'reason')];
  if (reviewer === '' || reason === '') return redirect(`${here}?incomplete`, 303);
  const { look } = await send<{ look: string }>(context, `${apiOf(params)}/looks`, { reviewer, reason });
  return redirect(`${here}?look=${look}`, { status: 303, headers: keepReviewer(reviewer) });
}

/** A case that may tell of a changed identity. Nothing of either identity is shown before somebody opens it and says why. */
export default function SealedCasePage() {
  const { found, reviewer, incomplete } = useLoaderData<typeof loader>();
  const isOpen = found.state === 'waiting' || found.state === 'disputed';
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/identity/sealed">Sealed cases</a>
      </p>
      {incomplete && <MissingNote words="Fill in what is asked, and say who you are" />}
      <h1 className="nhsuk-heading-l">A sealed case</h1>
      <p>
        <strong className="nhsuk-tag nhsuk-tag--purple">Sealed</strong> {sentence(found.reasons.join('; '))}.
        Waiting since {dateTimeWords(found.opened)}.
      </p>
      {found.isShown ? <Opened found={found} /> : <OpenForm reviewer={reviewer} />}
      {found.isShown && isOpen && <DecideForm found={found} reviewer={reviewer} />}
      {!isOpen && <Decided found={found} />}
      <Looks looks={found.looks} />
    </Page>
  );
}

function Opened({ found }: { found: SealedCase }) {
  return (
    <>
      {found.patient === null && <p>The record is gone since.</p>}
      {found.people.map((person, index) => (
        <Person key={person.personId} found={found} person={person} name={personName(found, index)} />
      ))}
    </>
  );
}

function OpenForm({ reviewer }: { reviewer: string }) {
  return (
    <form method="post">
      <div className="nhsuk-inset-text">
        <p>
          These may be the old and the new identity of one person, after an adoption or a change of gender.
          The law protects them. Open the case only if you must decide it.
        </p>
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="reason">
          Why do you need to open it?
        </label>
        <p className="nhsuk-hint" id="reason-hint">
          Your reason is kept, with your initials and the time.
        </p>
        <input
          className="nhsuk-input"
          id="reason"
          name="reason"
          aria-describedby="reason-hint"
          maxLength={500}
          required
        />
      </div>
      <Initials reviewer={reviewer} />
      <button className="nhsuk-button" type="submit">
        Open this case
      </button>
    </form>
  );
}

function Looks({ looks }: { looks: SealedCase['looks'] }) {
  if (looks.length === 0) return <p>Nobody has opened this case yet.</p>;
  return (
    <Sheet>
      <Table
        caption="Who opened this case"
        rows={looks}
        rowKey={(look, index) => `${index} ${look.reviewer}`}
        columns={[
          { heading: 'Who', cell: ({ reviewer }) => reviewer },
          { heading: 'When', cell: ({ looked }) => dateTimeWords(looked) },
          { heading: 'Why', cell: ({ reason }) => reason },
        ]}
      />
    </Sheet>
  );
}
