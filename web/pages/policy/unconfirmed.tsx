import { useLoaderData } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { countWords } from '../../words/numbers.ts';
import { plain } from '../../words/privacy.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav } from './nav.tsx';

export const meta = titled('Statements nobody confirmed');
export const loader = loadPolicy;

/** The work list of the Caldicott Guardian: what nobody has held against its source. */
export default function Unconfirmed() {
  const { unconfirmed } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Statements nobody confirmed</h1>
      <p>
        {countWords(unconfirmed.length, 'statement waits', 'statements wait')} for the Caldicott Guardian to
        hold them against their source.
      </p>
      <Sheet>
        <Table
          caption="Not confirmed"
          rows={unconfirmed}
          rowKey={(each, at) => `${each.place} ${each.name} ${at}`}
          columns={[
            { heading: 'Statement', cell: (each) => `${each.place}: ${plain(each.name)}` },
            { heading: 'Source it gives', cell: (each) => each.source },
          ]}
        />
      </Sheet>
    </Page>
  );
}
