import { useLoaderData } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { countWords } from '../../words/numbers.ts';
import { plain } from '../../words/privacy.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav, sourceOf } from './nav.tsx';

export const meta = titled('Relationships');
export const loader = loadPolicy;

/** Why somebody may be concerned with a person, and for how long after it ends. */
export default function Relationships() {
  const { policy } = useLoaderData<typeof loader>();
  const sources = sourceOf(policy.relationships);
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Legitimate relationships</h1>
      <p>They follow from the record: an admission opens one, and a discharge ends it.</p>
      <Sheet>
        <Table
          caption="Kinds of relationship"
          rows={policy.relationships}
          rowKey={(each) => each.kind}
          columns={[
            { heading: 'The person is', cell: (each) => each.words },
            { heading: 'Opens', cell: (each) => each.branches.map(plain).join(', ') },
            { heading: 'Goes on after its end', cell: (each) => countWords(each.graceDays, 'day') },
            {
              heading: 'Longest',
              cell: (each) =>
                each.longestHours === null ? 'No limit' : countWords(each.longestHours, 'hour'),
            },
            ...sources.column,
          ]}
        />
        {sources.shared}
      </Sheet>
    </Page>
  );
}
