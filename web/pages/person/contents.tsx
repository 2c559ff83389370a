import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { countWords, numberWords } from '../../words/numbers.ts';
import { typeWords } from '../../words/record.ts';
import { readParts } from './load.ts';

export const meta = titled('Everything in this record');

export async function loader(args: LoaderFunctionArgs) {
  const record = await readParts(
    args,
    [
      'problems',
      'medicines',
      'allergies',
      'immunisations',
      'results',
      'reports',
      'encounters',
      'procedures',
      'documents',
      'plans',
      'others',
      'setAside',
      'filed',
      'sources',
    ],
    { latest: 0 },
  );
  const { problems, medicines, allergies } = record;
  return {
    filed: Object.entries(record.filed).sort(([, a], [, b]) => b - a),
    sources: record.sources,
    pages: [
      { to: 'problems', title: 'Problems', total: problems.active.total + problems.past.total },
      { to: 'medicines', title: 'Medicines', total: medicines.current.total + medicines.past.total },
      { to: 'allergies', title: 'Allergies', total: allergies.active.total + allergies.past.total },
      { to: 'vaccinations', title: 'Vaccinations', total: record.immunisations.total },
      { to: 'results', title: 'Tests with results', total: record.results.total },
      { to: 'reports', title: 'Reports', total: record.reports.total },
      { to: 'contacts', title: 'Contacts with services', total: record.encounters.total },
      { to: 'procedures', title: 'Procedures', total: record.procedures.total },
      { to: 'documents', title: 'Documents', total: record.documents.total },
      { to: 'plans', title: 'Care plans, goals and teams', total: record.plans.total },
      { to: 'others', title: 'Other entries', total: record.others.total },
      { to: 'taken-back', title: 'Taken back or ruled out', total: record.setAside.total },
    ],
    personId: args.params['personId'] as string,
  };
}

/** Where to find what, and how much of what was filed, shown or not. */
export default function Contents() {
  const { filed, sources, pages, personId } = useLoaderData<typeof loader>();
  const total = filed.reduce((sum, [, count]) => sum + count, 0);
  return (
    <>
      <h1 className="nhsuk-heading-l">Everything in this record</h1>
      <Sheet>
        <Table
          caption="Where to find it"
          rows={pages}
          rowKey={(page) => page.to}
          columns={[
            { heading: 'Part', cell: (page) => <a href={`/people/${personId}/${page.to}`}>{page.title}</a> },
            { heading: 'How many', numeric: true, cell: (page) => numberWords(page.total) },
          ]}
        />
      </Sheet>
      <Sheet>
        <Table
          caption={`Who said it: ${countWords(sources.length, 'source')}`}
          rows={sources}
          rowKey={(source, index) => `${index} ${source.name}`}
          columns={[
            { heading: 'Source', cell: (source) => source.name },
            { heading: 'Entries', numeric: true, cell: (source) => numberWords(source.resources) },
          ]}
        />
      </Sheet>
      <Sheet>
        <Table
          caption={`What was filed: ${countWords(total, 'resource')}`}
          rows={filed}
          rowKey={([type]) => type}
          columns={[
            { heading: 'FHIR type', cell: ([type]) => typeWords(type) },
            { heading: 'How many', numeric: true, cell: ([, count]) => numberWords(count) },
          ]}
        />
      </Sheet>
      <p className="nhsuk-body-s">
        Types that are not for care, such as claims, are kept and counted, but have no page here.
      </p>
    </>
  );
}
