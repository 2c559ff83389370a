import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { PartnerPage, PartnerView } from '../../api/system.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { allKinds, kindsHeading, kindWords } from '../../words/system.ts';

export const meta = titled('Who are our partners?');

const filters = ['date', 'kind', 'name', 'body'];
const shown = 100;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const query = new URLSearchParams({ count: String(shown) });
  for (const name of [...filters, 'after']) {
    const value = asked.get(name)?.trim();
    if (value !== undefined && value !== '') query.set(name, value);
  }
  const page = await read<PartnerPage>(context, `/api/organisations?${query}`);
  const body = query.get('body');
  const of =
    body === null
      ? null
      : await read<PartnerView>(context, `/api/organisations/${encodeURIComponent(body)}?${dateOf(query)}`);
  query.delete('count');
  const ofName = of === null ? null : (of.partner.now?.name ?? of.partner.names[0]?.name ?? null);
  return { page, asked: Object.fromEntries(query), ofName };
}

const dateOf = (query: URLSearchParams): string => {
  const date = query.get('date');
  return date === null ? '' : `date=${encodeURIComponent(date)}`;
};

/** The organisations of a date, by kind, name and the body they belong to. */
export default function Partners() {
  const { page, asked, ofName } = useLoaderData<typeof loader>();
  const { after: _after, ...kept } = asked;
  const date = asked['date'];
  const dated = date === undefined ? '' : `?date=${date}`;
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href={`/system${dated}`}>How is our system organised?</a>
      </p>
      <h1 className="nhsuk-heading-l">
        {ofName === null ? 'Who are our partners?' : `Partners of ${ofName}`}
      </h1>
      <form method="get" className="filter">
        {asked['body'] !== undefined && <input type="hidden" name="body" value={asked['body']} />}
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor="name">
            Name
          </label>
          <input className="nhsuk-input" id="name" name="name" defaultValue={asked['name']} />
        </div>
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor="kind">
            Kind
          </label>
          <select className="nhsuk-select" id="kind" name="kind" defaultValue={asked['kind'] ?? ''}>
            <option value="">All kinds</option>
            {allKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindsHeading(kind)}
              </option>
            ))}
          </select>
        </div>
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor="date">
            On which date?
          </label>
          <input className="nhsuk-input" id="date" name="date" type="date" defaultValue={date} />
        </div>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
          Show
        </button>
      </form>
      {page.partners.length === 0 ? (
        <p>There is none of these{date === undefined ? '' : ` on ${dateWords(date)}`}.</p>
      ) : (
        <Sheet>
          <Table
            caption={countWords(page.total, 'organisation')}
            rows={page.partners}
            rowKey={({ id }) => id}
            columns={[
              {
                heading: 'Name',
                cell: ({ id, name }) => <a href={`/system/partners/${id}${dated}`}>{name}</a>,
              },
              { heading: 'Kind', cell: ({ kind }) => kindWords(kind) },
            ]}
          />
        </Sheet>
      )}
      {page.next !== null && (
        <nav className="pages" aria-label="More partners">
          <a href={`?${new URLSearchParams({ ...kept, after: page.next })}`}>
            Next {numberWords(shown)} partners
          </a>
        </nav>
      )}
    </Page>
  );
}
