import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { WhoCouldSee } from '../../api/privacy.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { chosenWords, type effectWords } from '../../words/privacy.ts';
import { saysWords } from '../../words/why.ts';
import { Matrix } from './matrix.tsx';
import { PrivacyNav } from './parts.tsx';

export const meta = titled('Who could see a person today');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = new URL(request.url).searchParams.get('person')?.trim() ?? '';
  const report =
    person === ''
      ? null
      : await read<WhoCouldSee>(context, `/api/privacy/who-could-see/${encodeURIComponent(person)}`);
  return { report };
}

/** Who could see one person today, worked out by the rule that decides every request. */
export default function WhoCouldSeePage() {
  const { report } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">Who could see a person today?</h1>
      {report !== null && <Report report={report} />}
      <p>
        <a href="/privacy/person">{report === null ? 'Find the person first' : 'Find somebody else'}</a>
      </p>
    </Page>
  );
}

function Report({ report }: { report: WhoCouldSee }) {
  const reached = report.lines.filter(({ effects }) => effects.some((effect) => effect !== 'deny'));
  return (
    <>
      <p className="nhsuk-body-l">
        {countWords(report.open, 'user')} of {numberWords(report.users)} could open something.{' '}
        {countWords(report.breakable, 'other')} could by breaking the glass.
      </p>
      <p>
        As it stands at {dateTimeWords(report.at)}, for what {report.holders.join(', ')} said.
      </p>
      {reached.length > 0 && (
        <Sheet>
          <Matrix lines={reached} columns={report.columns} />
          <Table
            caption="The same in words"
            rows={reached}
            rowKey={(line, index) => `${line.organisation} ${line.role} ${index}`}
            columns={[
              { heading: 'Organisation', cell: (line) => line.organisation },
              { heading: 'Role', cell: (line) => line.role },
              { heading: 'Users', numeric: true, cell: (line) => numberWords(line.users) },
              { heading: 'Open', cell: (line) => namesWith(report, line.effects, 'permit') },
              {
                heading: 'By breaking the glass',
                cell: (line) => namesWith(report, line.effects, 'break-glass'),
              },
              { heading: 'Why, as they are told', cell: (line) => saysWords(line.why ?? '') },
            ]}
          />
        </Sheet>
      )}
    </>
  );
}

function namesWith(
  { columns }: WhoCouldSee,
  effects: WhoCouldSee['lines'][number]['effects'],
  effect: keyof typeof effectWords,
): string {
  const names = columns.map(({ name }) => name);
  return chosenWords(
    names.filter((_, at) => effects[at] === effect),
    names,
  );
}
