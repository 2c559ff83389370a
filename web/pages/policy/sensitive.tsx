import { useLoaderData } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { plainList } from '../../words/privacy.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav, sourceOf } from './nav.tsx';

export const meta = titled('Sensitive information');
export const loader = loadPolicy;

/** Who reads what is more sensitive than the rest of a record, and the little that partners outside health see. */
export default function Sensitive() {
  const { policy } = useLoaderData<typeof loader>();
  const labels = sourceOf(policy.labels);
  const views = sourceOf(policy.minimumViews);
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Sensitive information</h1>
      <Sheet>
        <Table
          caption="Labels"
          rows={policy.labels}
          rowKey={(each) => each.label}
          columns={[
            { heading: 'Information about', cell: (each) => each.words },
            { heading: 'Readers', cell: (each) => plainList(each.readers, 'Nobody by role') },
            { heading: 'Only in direct care', cell: (each) => (each.needsDirectCare ? 'Yes' : 'No') },
            { heading: 'Glass may be broken', cell: (each) => (each.breakGlass ? 'Yes' : 'No') },
            ...labels.column,
          ]}
        />
        {labels.shared}
      </Sheet>
      <Sheet>
        <Table
          caption="Minimum views of partners"
          rows={policy.minimumViews}
          rowKey={(each) => each.organisations.join(' ')}
          columns={[
            { heading: 'Partners', cell: (each) => plainList(each.organisations) },
            { heading: 'See only', cell: (each) => plainList(each.classes) },
            { heading: 'Never', cell: (each) => plainList(each.hiddenLabels) },
            ...views.column,
          ]}
        />
        {views.shared}
      </Sheet>
    </Page>
  );
}
