import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Entry, Series } from '../../api/record.ts';
import { LineChart } from '../../charts/line-chart.tsx';
import { linesOf, type Line } from '../../charts/trend.ts';
import { FactLine } from '../../components/entries.tsx';
import { ResultMark } from '../../components/mark.tsx';
import { titled } from '../../components/page.tsx';
import { itemsOf, pageAsked, Pager } from '../../components/pager.tsx';
import { Sources } from '../../components/sources.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords, shortDateTime } from '../../words/dates.ts';
import { findingOf } from '../../words/findings.ts';
import { isShortened, measureWords } from '../../words/measures.ts';
import { countWords } from '../../words/numbers.ts';
import { categoryWords } from '../../words/record.ts';
import { personApi } from './load.ts';

export const meta = titled('Result');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const code = encodeURIComponent(params['code'] ?? '');
  const series = await read<Series>(context, `${personApi(params)}/results/${code}`);
  const { items, total } = series.entries;
  const page = pageAsked(request, total);
  return {
    title: series.title,
    category: series.category,
    lines: linesOf(items),
    first: items.at(-1)?.when,
    last: items[0]?.when,
    sources: [...new Set(items.flatMap((entry) => entry.said.map((saying) => saying.source)))],
    entries: itemsOf(items, page),
    total,
    page,
    personId: params['personId'] as string,
  };
}

type Loaded = Awaited<ReturnType<typeof loader>>;

export default function Result() {
  const result = useLoaderData<typeof loader>();
  const finding = findingOf(result.lines);
  const charts = chartsOf(result.lines);
  return (
    <>
      <p className="nhsuk-body-s">
        <a href={`/people/${result.personId}/results`}>All results</a>
      </p>
      <h1 className="nhsuk-heading-l">{result.title}</h1>
      {finding !== undefined && <p className="finding">{finding}</p>}
      <p className="nhsuk-body-s">{subtitle(result)}</p>
      <div className={charts.length > 0 ? 'sheet chart-beside-table' : 'sheet'}>
        <div>
          {charts.map((lines) => (
            <LineChart
              key={lines.map((line) => line.title).join()}
              lines={lines}
              label={`Line chart of ${lines.map((line) => line.title).join(' and ')}. The table holds the same values.`}
            />
          ))}
        </div>
        <div>
          <ResultsTable entries={result.entries} personId={result.personId} />
          {isShortened(result.entries) && (
            <p className="nhsuk-body-s">Long numbers are shortened. Open a source to see every digit.</p>
          )}
          <Pager total={result.total} page={result.page} />
        </div>
      </div>
    </>
  );
}

/** What the chart measures, over which dates, from whom. */
function subtitle({ category, total, first, last, sources, lines }: Loaded): string {
  const units = [...new Set(lines.map((line) => line.unit).filter((unit) => unit !== undefined))];
  const dates = first === last ? dateWords(first) : `${dateWords(first)} to ${dateWords(last)}`;
  return [
    categoryWords(category),
    countWords(total, 'result'),
    ...(units.length === 0 ? [] : [`in ${units.join(' and ')}`]),
    dates,
    `from ${sources.join(', ')}`,
  ].join(', ');
}

/** Lines with one unit share a chart; a line needs two points. */
function chartsOf(lines: Line[]): Line[][] {
  const charts = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.points.length < 2) continue;
    charts.set(line.unit ?? '', [...(charts.get(line.unit ?? '') ?? []), line]);
  }
  return [...charts.values()];
}

function ResultsTable({ entries, personId }: { entries: Entry[]; personId: string }) {
  return (
    <Table
      caption="Values, latest first"
      hideCaption
      rows={entries}
      rowKey={(entry, index) => `${index} ${entry.said[0]?.id ?? ''}`}
      columns={[
        { heading: 'Date', cell: (entry) => <span className="date">{shortDateTime(entry.when)}</span> },
        {
          heading: 'Value',
          cell: (entry) => (
            <>
              <strong>{entry.measure === undefined ? 'No value' : measureWords(entry.measure)}</strong>{' '}
              <ResultMark measure={entry.measure} />
              {rangeWords(entry)}
              <FactLine entry={entry} />
            </>
          ),
        },
        { heading: 'Said by', cell: (entry) => <Sources entry={entry} personId={personId} /> },
      ]}
    />
  );
}

function rangeWords({ measure }: Entry) {
  if (measure?.low === undefined && measure?.high === undefined) return null;
  const { low, high } = measure;
  const range =
    low === undefined ? `up to ${high}` : high === undefined ? `${low} or more` : `${low} to ${high}`;
  return <span className="aside">Usual range {range}</span>;
}
