import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { FoundLines } from '../../api/privacy.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { countWords } from '../../words/numbers.ts';
import { kindWords, outcomeWords } from '../../words/privacy.ts';
import { Field, Lines, PrivacyNav } from './parts.tsx';

export const meta = titled('Who looked at what');

const fields = ['person', 'user', 'organisation', 'kind', 'outcome', 'from', 'to'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const query = new URLSearchParams();
  for (const name of [...fields, 'before']) {
    const value = asked.get(name)?.trim() ?? '';
    if (value !== '') query.set(name, value);
  }
  const found = await read<FoundLines>(context, `/api/privacy/events?${query}`);
  query.delete('before');
  return { found, asked: Object.fromEntries(query), more: query.toString() };
}

/** The log of all accesses, searched. */
export default function Log() {
  const { found, asked, more } = useLoaderData<typeof loader>();
  const value = (name: string): string => (asked as Record<string, string>)[name] ?? '';
  return (
    <Page>
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">Who looked at what</h1>
      <p>
        {found.total === 0
          ? 'Nothing in the log fits.'
          : `${countWords(found.total, 'access', 'accesses')} in the log ${more === '' ? 'so far' : 'fit'}.`}{' '}
        Your own looks are in the log too.
      </p>
      {value('person') === '' ? (
        <p>
          To see one person’s list, <a href="/privacy/person">find the person</a>. A name in the list leads
          there too.
        </p>
      ) : (
        <OnePerson person={value('person')} name={nameIn(found)} />
      )}
      <form method="get" className="privacy-search">
        {value('person') !== '' && <input type="hidden" name="person" value={value('person')} />}
        <Field id="user" label="Who looked (user id)" value={value('user')} />
        <Field id="from" label="First day" type="date" value={value('from')} />
        <Field id="to" label="Last day" type="date" value={value('to')} />
        <Choice id="kind" label="What was done" value={value('kind')} words={kindWords} />
        <Choice id="outcome" label="Outcome" value={value('outcome')} words={outcomeWords} />
        <button className="nhsuk-button" type="submit">
          Search the log
        </button>
      </form>
      {found.lines.length > 0 && (
        <Sheet>
          <Lines caption="Accesses, newest first" lines={found.lines} />
        </Sheet>
      )}
      {found.next !== null && (
        <nav className="pages" aria-label="Pages of this list">
          <a href={`/privacy?${more}${more === '' ? '' : '&'}before=${found.next}`}>Older accesses</a>
        </nav>
      )}
    </Page>
  );
}

const nameIn = ({ lines }: FoundLines): string =>
  lines.find(({ personName }) => personName !== null)?.personName ?? 'one person';

/** Whose list it is, and where else to look. */
function OnePerson({ person, name }: { person: string; name: string }) {
  return (
    <p>
      Only the record of <strong>{name}</strong>.{' '}
      <a href={`/privacy/who-could-see?${new URLSearchParams({ person })}`}>Who could see it today</a>.{' '}
      <a href="/privacy">Show everybody’s</a>.
    </p>
  );
}

function Choice({
  id,
  label,
  value,
  words,
}: {
  id: string;
  label: string;
  value: string;
  words: Record<string, string>;
}) {
  return (
    <div className="nhsuk-form-group">
      <label className="nhsuk-label" htmlFor={id}>
        {label}
      </label>
      <select className="nhsuk-select" id={id} name={id} defaultValue={value}>
        <option value="">Anything</option>
        {Object.entries(words).map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
