import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { CopyAsked } from '../../api/mine.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { copyWords } from '../../words/mine.ts';
import { countWords } from '../../words/numbers.ts';

export const meta = titled('Copies people asked for');

export const loader = async ({ context }: LoaderFunctionArgs) =>
  read<{ copies: CopyAsked[] }>(context, '/api/copies');

/** Copies that wait to be checked, the one due first. */
export default function Copies() {
  const { copies } = useLoaderData<typeof loader>();
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Copies people asked for</h1>
      <p className="nhsuk-lede-text">
        {copies.length === 0
          ? 'No copy waits.'
          : `${countWords(copies.length, 'copy waits', 'copies wait')}.`}
      </p>
      {copies.length > 0 && (
        <Sheet>
          <Table
            caption="Copies that wait, the one due first"
            rows={copies}
            rowKey={({ copyId }) => copyId}
            columns={[
              {
                heading: 'Asked on',
                cell: ({ copyId, asked }) => <a href={`/rights/copies/${copyId}`}>{dateWords(asked)}</a>,
              },
              { heading: 'Due by', cell: ({ due }) => dateWords(due) },
              { heading: 'State', cell: ({ state }) => copyWords[state] },
            ]}
          />
        </Sheet>
      )}
    </Page>
  );
}
