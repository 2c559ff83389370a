import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read, readIfAllowed } from '../../api/client.ts';
import type { ImportJob, QuarantinePage } from '../../api/imports.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { shortDateTime } from '../../words/dates.ts';
import { jobStates } from '../../words/imports.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { typeWords } from '../../words/record.ts';

export const meta = titled('What arrived');

const shown = 50;

export async function loader({ context }: LoaderFunctionArgs) {
  const [{ imports }, held] = await Promise.all([
    read<{ imports: ImportJob[] }>(context, `/api/imports?count=${shown}`),
    readIfAllowed<QuarantinePage>(context, '/api/quarantine?count=1'),
  ]);
  return { imports, waiting: held === undefined ? 0 : held.counts.open + held.counts.mended };
}

/** What came in, from whom, and what became of it. */
export default function Imports() {
  const { imports, waiting } = useLoaderData<typeof loader>();
  return (
    <Page>
      <h1 className="nhsuk-heading-l">What arrived</h1>
      {imports.length > 0 && <p className="nhsuk-lede-text">{headline(imports)}</p>}
      {waiting > 0 && (
        <div className="nhsuk-inset-text">
          <p>
            <a href="/imports/quarantine">
              {countWords(waiting, 'entry waits', 'entries wait')} in quarantine
            </a>
            : they could not be stored as they are.
          </p>
        </div>
      )}
      {imports.length === 0 ? (
        <p>
          Nothing was imported yet. Bring records in with <code>./openics import FOLDER</code>.
        </p>
      ) : (
        <Sheet>
          <Table
            caption={imports.length < shown ? 'Imports, latest first' : `The latest ${shown} imports`}
            rows={imports}
            rowKey={(job) => job.id}
            columns={[
              { heading: 'Started', cell: (job) => shortDateTime(job.started) },
              { heading: 'From', cell: (job) => <From job={job} /> },
              { heading: 'State', cell: (job) => <State job={job} /> },
              { heading: 'Stored', numeric: true, cell: (job) => numberWords(job.totals.stored) },
              { heading: 'Unchanged', numeric: true, cell: (job) => numberWords(job.totals.unchanged) },
              { heading: 'In quarantine', numeric: true, cell: (job) => numberWords(job.totals.quarantined) },
              { heading: 'By type', cell: (job) => <ByType job={job} /> },
            ]}
          />
        </Sheet>
      )}
    </Page>
  );
}

function headline(imports: ImportJob[]): string {
  const stored = imports.reduce((sum, { totals }) => sum + totals.stored, 0);
  const running = imports.filter(({ state }) => state === 'running').length;
  const failed = imports.filter(({ state }) => state === 'failed').length;
  const rest = [
    ...(running > 0 ? [`${countWords(running, 'import')} still running`] : []),
    ...(failed > 0 ? [`${countWords(failed, 'import')} failed`] : []),
  ];
  const all = `${countWords(stored, 'entry', 'entries')} stored by ${countWords(imports.length, 'import')}`;
  return `${[all, ...rest].join('; ')}.`;
}

function From({ job }: { job: ImportJob }) {
  return (
    <>
      <span className="name place">{job.source}</span>
      <Paths paths={job.paths} />
    </>
  );
}

/** A few paths stand open; many are counted, and open on demand. */
function Paths({ paths }: { paths: string[] }) {
  if (paths.length <= 2) return <span className="aside place">{paths.join(', ')}</span>;
  return (
    <details className="small-details">
      <summary>{countWords(paths.length, 'file')}</summary>
      <ul>
        {paths.map((path) => (
          <li key={path} className="place">
            {path}
          </li>
        ))}
      </ul>
    </details>
  );
}

function State({ job }: { job: ImportJob }) {
  const { words, colour } = jobStates[job.state];
  return (
    <>
      <strong className={`nhsuk-tag nhsuk-tag--${colour}`}>{words}</strong>
      {job.finished !== null && <span className="aside">{shortDateTime(job.finished)}</span>}
    </>
  );
}

function ByType({ job }: { job: ImportJob }) {
  const types = Object.entries(job.counts).sort(([a], [b]) => (a < b ? -1 : 1));
  if (types.length === 0) return <>Nothing yet</>;
  return (
    <details className="small-details">
      <summary>{countWords(types.length, 'type')}</summary>
      <ul>
        {types.map(([type, counts]) => (
          <li key={type}>
            {typeWords(type)}:{' '}
            {Object.entries(counts)
              .map(([outcome, count]) => `${numberWords(count)} ${outcome}`)
              .join(', ')}
          </li>
        ))}
      </ul>
    </details>
  );
}
