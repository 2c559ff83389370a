import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { send } from '../api/client.ts';
import type { Found, Match } from '../api/record.ts';
import { openSearch, sealSearch } from '../api/search-ticket.server.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Page, titled } from '../components/page.tsx';
import { addressWords, bornWords } from '../components/patient-banner.tsx';
import { SearchForm, type SearchFields } from '../components/search-form.tsx';
import { useViewer } from '../frame/use-viewer.ts';
import { viewerOf } from '../frame/viewer.ts';
import { countWords, nhsNumberWords } from '../words/numbers.ts';
import { factValue } from '../words/record.ts';

export const meta = titled('Find a person');

const noFields: SearchFields = { name: '', born: '', nhsNumber: '' };

/** Takes the posted search and answers with an address that shows its results but not what was searched for. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const search = { name: text('name'), born: text('born'), nhsNumber: text('nhsNumber') };
  return redirect(`/people?search=${sealSearch(context, search)}`, 303);
}

/** Who signed in as themselves finds nobody here: their way leads to their own record. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await viewerOf(context);
  if (viewer.state === 'signed-in' && viewer.kind === 'person') throw redirect('/mine', 303);
  const today = new Date().toISOString();
  const ticket = new URL(request.url).searchParams.get('search');
  if (ticket === null) return { fields: noFields, state: 'new' as const, today };
  const search = openSearch(context, ticket);
  if (search === undefined) return { fields: noFields, state: 'ended' as const, today };
  const { cursor, ...fields } = search;
  const found = await send<Found>(context, '/api/people/search', { ...withoutEmpty(fields), cursor }, [400]);
  if ('misfits' in found) return { fields, state: 'unclear' as const, misfits: found.misfits, today };
  return {
    fields,
    state: 'found' as const,
    matches: found.matches,
    total: found.total,
    isFirstPage: cursor === undefined,
    first: sealSearch(context, fields),
    next: found.next === undefined ? undefined : sealSearch(context, { ...fields, cursor: found.next }),
    today,
  };
}

function withoutEmpty(fields: SearchFields): Partial<SearchFields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

export default function People() {
  const page = useLoaderData<typeof loader>();
  const misfits = page.state === 'unclear' ? page.misfits : [];
  return (
    <Page>
      {misfits.length > 0 && <ErrorSummary misfits={misfits} />}
      <h1 className="nhsuk-heading-l">Find a person</h1>
      {page.state === 'ended' && (
        <div className="nhsuk-inset-text">
          <p>Your search has ended. Search again.</p>
        </div>
      )}
      <SearchForm fields={page.fields} misfits={misfits} />
      {page.state === 'found' && <Results page={page} />}
    </Page>
  );
}

type FoundPage = Extract<Awaited<ReturnType<typeof loader>>, { state: 'found' }>;

function Results({ page }: { page: FoundPage }) {
  const { matches, total, isFirstPage, first, next, today } = page;
  if (matches.length === 0) return <NobodyFound isFirstPage={isFirstPage} />;
  return (
    <section aria-labelledby="found">
      <h2 className="nhsuk-heading-m" id="found">
        {heading(matches.length, total, isFirstPage && next === undefined)}
      </h2>
      <ul className="nhsuk-list matches">
        {matches.map((match) => (
          <li key={match.personId}>
            <MatchCard match={match} today={today} />
          </li>
        ))}
      </ul>
      {(next !== undefined || !isFirstPage) && (
        <nav className="pages" aria-label="More people">
          {!isFirstPage && <a href={`/people?search=${first}`}>Back to the first people</a>}
          {next !== undefined && <a href={`/people?search=${next}`}>Next people</a>}
        </nav>
      )}
    </section>
  );
}

function heading(shown: number, total: number | undefined, isAll: boolean): string {
  if (isAll) return `${countWords(shown, 'person', 'people')} found`;
  if (total === undefined) return `${countWords(shown, 'person', 'people')} on this page`;
  return `${countWords(shown, 'person', 'people')} on this page, from ${countWords(total, 'patient record')} found`;
}

function NobodyFound({ isFirstPage }: { isFirstPage: boolean }) {
  const isPart = useViewer().state === 'signed-in';
  return (
    <section className="nhsuk-inset-text" aria-labelledby="found">
      <h2 id="found">{isFirstPage ? 'Nobody found' : 'Nobody else found'}</h2>
      <p>Try one of these:</p>
      <ul>
        <li>type less of the name, such as the first letters</li>
        <li>search by date of birth or NHS number instead</li>
        <li>check whether the organisation that knows this person has sent its records</li>
      </ul>
      {isPart && (
        <p>
          Only people whom you may see in your role are found. For somebody who is not in your care here yet,{' '}
          <a href="/people/by-number">find them by NHS number and date of birth</a>.
        </p>
      )}
    </section>
  );
}

function MatchCard({ match, today }: { match: Match; today: string }) {
  const { banner, personId, reasons } = match;
  return (
    <div className="nhsuk-card match">
      <div className="nhsuk-card__content">
        <h3 className="nhsuk-card__heading nhsuk-heading-s">
          <a className="nhsuk-card__link" href={`/people/${personId}`}>
            {banner.name}
          </a>
        </h3>
        {(banner.test || banner.dead) && (
          <p className="tags">
            {banner.test && <strong className="nhsuk-tag nhsuk-tag--yellow">Test person, not real</strong>}
            {banner.dead && <strong className="nhsuk-tag nhsuk-tag--grey">Has died</strong>}
          </p>
        )}
        <dl className="match__facts">
          <div>
            <dt>Born</dt>
            <dd>{bornWords(banner, today)}</dd>
          </div>
          <div>
            <dt>Sex</dt>
            <dd>{banner.sex === undefined ? 'Not recorded' : factValue('sex', banner.sex)}</dd>
          </div>
          <div>
            <dt>NHS number</dt>
            <dd>
              {banner.nhsNumbers.length === 0
                ? 'Not recorded'
                : banner.nhsNumbers.map(nhsNumberWords).join(' or ')}
            </dd>
          </div>
          <div>
            <dt>Address</dt>
            <dd>{addressWords(banner)}</dd>
          </div>
        </dl>
        {banner.sources.length > 0 && <p className="match__also">Known to {banner.sources.join(', ')}</p>}
        {banner.otherNames.length > 0 && (
          <p className="match__also">Also known as {banner.otherNames.join(', ')}</p>
        )}
        <p className="match__why">
          <span className="nhsuk-u-visually-hidden">Why this person matches: </span>
          {reasons.join(' · ')}
        </p>
      </div>
    </div>
  );
}
