import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read } from '../../api/client.ts';
import type { OddCase, OddCases } from '../../api/privacy.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { shortDateTime, dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { oddReasonWords, stateWords } from '../../words/privacy.ts';
import { Field, PrivacyNav, Who, Whose } from './parts.tsx';

export const meta = titled('Odd accesses');

const weekMs = 7 * 86_400_000;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const from = asked.get('from') ?? day(Date.now() - weekMs);
  const to = asked.get('to') ?? day(Date.now());
  const query = new URLSearchParams({ from, to });
  return { found: await read<OddCases>(context, `/api/privacy/odd?${query}`), from, to };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  await change(context, 'POST', '/api/privacy/odd', {
    user: text('user'),
    person: text('person'),
    upTo: Number(text('upTo')),
    state: text('state'),
    note: text('note'),
  });
  const days = new URLSearchParams({ from: text('from'), to: text('to') });
  return redirect(`/privacy/odd?${days}`, 303);
}

/** Accesses that somebody should look at, the weightiest first. */
export default function Odd() {
  const { found, from, to } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">Odd accesses</h1>
      <p>
        {found.cases.length === 0
          ? `Nothing odd among ${countWords(found.accesses, 'access', 'accesses')} of these days.`
          : `${countWords(found.cases.length, 'case')} to look at, among ${countWords(found.accesses, 'access', 'accesses')} of these days.`}{' '}
        Odd is not wrong: ask first.
      </p>
      <form method="get" className="privacy-search">
        <Field id="from" label="First day" type="date" value={from} />
        <Field id="to" label="Last day" type="date" value={to} />
        <button className="nhsuk-button" type="submit">
          Show
        </button>
      </form>
      {found.cases.map((each) => (
        <Sheet key={`${each.user} ${each.person}`}>
          <Case each={each} from={from} to={to} />
        </Sheet>
      ))}
    </Page>
  );
}

function Case({ each, from, to }: { each: OddCase; from: string; to: string }) {
  const last = each.notes.at(-1);
  const isNew = last === undefined || last.upTo < each.upTo;
  const field = `note-${each.upTo}`;
  return (
    <section aria-labelledby={`case-${each.upTo}`}>
      <h2 className="nhsuk-heading-m" id={`case-${each.upTo}`}>
        {each.reasons.map((reason) => oddReasonWords[reason] ?? reason).join(', ')}
      </h2>
      <p>
        <strong className={`nhsuk-tag nhsuk-tag--${isNew ? 'red' : 'grey'}`}>
          {isNew ? 'New' : stateWords[last.state]}
        </strong>{' '}
        <Who line={each.last} /> and the record of <Whose person={each.person} name={each.last.personName} />:{' '}
        {countWords(each.accesses, 'access', 'accesses')}, the last {shortDateTime(each.last.at)}.
      </p>
      {each.notes.map((note) => (
        <p key={note.at} className="privacy-said">
          {stateWords[note.state]}, {dateWords(note.at)}: {note.note}
        </p>
      ))}
      <form method="post" action="/privacy/odd">
        {Object.entries({ user: each.user, person: each.person, upTo: String(each.upTo), from, to }).map(
          ([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ),
        )}
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor={field}>
            What you did or found
          </label>
          <input className="nhsuk-input" id={field} name="note" maxLength={500} required />
        </div>
        {(['asked', 'explained', 'upheld'] as const).map((state) => (
          <button
            key={state}
            className="nhsuk-button nhsuk-button--secondary"
            name="state"
            value={state}
            type="submit"
          >
            {stateWords[state]}
          </button>
        ))}
      </form>
    </section>
  );
}
