import type { Series } from '../api/record.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { shortDate } from '../words/dates.ts';
import { measureWords } from '../words/measures.ts';
import { countWords } from '../words/numbers.ts';
import { ResultMark } from './mark.tsx';
import { Table } from './table.tsx';

/** The latest result of each test, with the line of those before it. */
export function ResultTable({
  caption,
  series,
  personId,
  hideCaption = false,
}: {
  caption: string;
  series: Series[];
  personId: string;
  hideCaption?: boolean;
}) {
  return (
    <Table
      caption={caption}
      hideCaption={hideCaption}
      rows={series}
      rowKey={(row) => row.code}
      columns={[
        {
          heading: 'Test',
          cell: (row) => <a href={`/people/${personId}/results/${row.code}`}>{row.title}</a>,
        },
        { heading: 'Latest', cell: (row) => <Latest series={row} /> },
        {
          heading: 'Date',
          cell: (row) => <span className="date">{shortDate(row.entries.items[0]?.when)}</span>,
        },
        { heading: 'Trend', cell: (row) => <Trend series={row} /> },
      ]}
    />
  );
}

function Latest({ series }: { series: Series }) {
  const latest = series.entries.items[0];
  const { measure } = latest ?? {};
  return (
    <>
      <strong>
        {measure === undefined ? (latest?.facts['absentReason'] ?? 'No value') : measureWords(measure)}
      </strong>{' '}
      <ResultMark measure={measure} />
    </>
  );
}

function Trend({ series }: { series: Series }) {
  const { total, items } = series.entries;
  return (
    <span className="trend">
      <Sparkline entries={items} />
      <span className="aside">{countWords(total, 'result')}</span>
    </span>
  );
}
