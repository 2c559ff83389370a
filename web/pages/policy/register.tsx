import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Sheet as Rows } from '../../api/privacy.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
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
        <a href="/api/policy/dpia.csv">DPIA table</a>.
      </p>
      {register.rows.length > 0 && (
        <Sheet>
          <Rowed caption="Register of processing (UK GDPR, article 30)" sheet={register} />
        </Sheet>
      )}
      <Sheet>
        <Rowed caption="Sensitive information (for a DPIA)" sheet={dpia} />
      </Sheet>
    </Page>
  );
}

function Rowed({ caption, sheet }: { caption: string; sheet: Rows }) {
  return (
    <Table
      caption={caption}
      rows={sheet.rows}
      rowKey={(row, at) => `${row[0]} ${at}`}
      columns={sheet.columns.map((heading, at) => ({
        heading: heading.charAt(0).toUpperCase() + heading.slice(1),
        cell: (row: string[]) => row[at] ?? '',
      }))}
    />
  );
}
