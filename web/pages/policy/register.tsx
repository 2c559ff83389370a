import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Sheet as Rows } from '../../api/privacy.ts';
import { Facts } from '../../components/facts.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { sentence } from '../../words/identity.ts';
import { sheetCellWords } from '../../words/policy.ts';
import { PolicyNav } from './nav.tsx';

export const meta = titled('Register of processing');

export async function loader({ context }: LoaderFunctionArgs) {
  const [register, dpia] = await Promise.all([
    read<Rows>(context, '/api/policy/register'),
    read<Rows>(context, '/api/policy/dpia'),
  ]);
  return { register, dpia };
}

/** The register of processing and the table for a data protection impact assessment, written from what is in force. */
export default function Register() {
  const { register, dpia } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Register of processing</h1>
      <p>
        Written from the agreements and the policy as they are held. As sheets:{' '}
        <a href="/api/policy/register.csv">register of processing</a>,{' '}
        <a href="/api/policy/dpia.csv">DPIA table</a>. Here codes are told in words.
      </p>
      <h2 className="nhsuk-heading-m">What partners share (UK GDPR, article 30)</h2>
      {register.rows.length === 0 && <p>No agreement is held yet.</p>}
      {register.rows.map((row, at) => (
        <Processing key={`${row[0]} ${at}`} columns={register.columns} row={row} />
      ))}
      <Sheet>
        <Rowed caption="Sensitive information (for a DPIA)" sheet={dpia} />
      </Sheet>
    </Page>
  );
}

/** One agreement, whole: the first cell names it. */
function Processing({ columns, row: [name, ...cells] }: { columns: string[]; row: string[] }) {
  return (
    <Sheet>
      <h3>{name}</h3>
      <Facts rows={cells.map((cell, at) => [sentence(columns[at + 1] ?? ''), sheetCellWords(cell)])} />
    </Sheet>
  );
}

function Rowed({ caption, sheet }: { caption: string; sheet: Rows }) {
  return (
    <Table
      caption={caption}
      rows={sheet.rows}
      rowKey={(row, at) => `${row[0]} ${at}`}
      columns={sheet.columns.map((heading, at) => ({
        heading: sentence(heading),
        cell: (row: string[]) => sheetCellWords(row[at] ?? ''),
      }))}
    />
  );
}
