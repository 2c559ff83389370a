import { data, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { QuarantinePage, QuarantineState } from '../../api/imports.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { shortDateTime } from '../../words/dates.ts';
import { itemName, itemPlace, quarantineStates } from '../../words/imports.ts';
import { numberWords } from '../../words/numbers.ts';

export const meta = titled('Quarantine');

const states = Object.keys(quarantineStates) as QuarantineState[];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const state = states.find((each) => each === (asked.get('state') ?? 'open'));
  if (state === undefined) throw data({ title: 'There is no such page' }, { status: 404 });
  const query = new URLSearchParams({ state });
  const after = asked.get('after');
  if (after !== null) query.set('after', after);
  const page = await read<QuarantinePage>(context, `/api/quarantine?${query}`);
  return { ...page, state, isFirstPage: after === null };
}

/** What could not be stored, why, and where it came from. */
export default function Quarantine() {
  const { counts, items, next, state, isFirstPage } = useLoaderData<typeof loader>();
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/imports">What arrived</a>
      </p>
      <h1 className="nhsuk-heading-l">Quarantine</h1>
      <p>
        These entries could not be stored as they are. Mend them here, or ask the sender to send them again.
      </p>
      <ul className="jump">
        {states.map((each) => (
          <li key={each}>
            <a href={`/imports/quarantine?state=${each}`} aria-current={each === state ? 'page' : undefined}>
              {quarantineStates[each]} ({numberWords(counts[each])})
            </a>
          </li>
        ))}
      </ul>
      {items.length === 0 ? (
        <p>{isFirstPage ? 'There are none in this state.' : 'There are no more.'}</p>
      ) : (
        <Sheet>
          <Table
            caption={`${quarantineStates[state]}, oldest first`}
            rows={items}
            rowKey={(item) => item.id}
            columns={[
              {
                heading: 'What',
                cell: (item) => <a href={`/imports/quarantine/${item.id}`}>{itemName(item)}</a>,
              },
              {
                heading: 'Why',
                cell: (item) => (
                  <>
                    {item.reason}
                    {item.path !== null && <span className="aside">{item.path}</span>}
                  </>
                ),
              },
              { heading: 'Where', cell: (item) => <span className="place">{itemPlace(item)}</span> },
              { heading: 'Came', cell: (item) => shortDateTime(item.created) },
            ]}
          />
        </Sheet>
      )}
      {next !== null && (
        <nav className="pages" aria-label="More entries">
          <a href={`/imports/quarantine?state=${state}&after=${next}`}>Next entries</a>
        </nav>
      )}
    </Page>
  );
}
