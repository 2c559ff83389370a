import { useLoaderData } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { numberWords } from '../../words/numbers.ts';
import { plainList } from '../../words/privacy.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav, sourceOf } from './nav.tsx';

export const meta = titled('Who may see what, by role');
export const loader = loadPolicy;

/** What each sort of role may read and write, before agreements, relationships and choices narrow it. */
export default function Roles() {
  const { policy } = useLoaderData<typeof loader>();
  const { shared, column } = sourceOf(policy.profiles);
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Who may see what, by role</h1>
      <p>
        Policy {policy.version}, in force since {dateWords(policy.from)}. A role alone opens nothing: there
        must be a relationship with the person and an agreement too.
      </p>
      <Sheet>
        <Table
          caption="Sorts of roles"
          rows={policy.profiles}
          rowKey={(each) => each.profile}
          columns={[
            { heading: 'Role', cell: (each) => each.words },
            { heading: 'May read', cell: (each) => plainList(each.reads) },
            { heading: 'May write', cell: (each) => plainList(each.writes) },
            { heading: 'Breaks the glass', cell: (each) => (each.breaksGlass ? 'Yes' : 'No') },
            { heading: 'Job codes', numeric: true, cell: (each) => numberWords(each.roles.length) },
            ...column,
          ]}
        />
        {shared}
      </Sheet>
    </Page>
  );
}
