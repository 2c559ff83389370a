import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Series } from '../../api/record.ts';
import { titled } from '../../components/page.tsx';
import { ResultTable } from '../../components/result-rows.tsx';
import { NothingRecorded } from '../../components/section.tsx';
import { numberWords } from '../../words/numbers.ts';
import { categoryWords } from '../../words/record.ts';
import { readParts } from './load.ts';

export const meta = titled('Results');

export async function loader(args: LoaderFunctionArgs) {
  const { results, reports } = await readParts(args, ['results', 'reports'], { points: 24 });
  return { series: results.items, reportCount: reports.total, personId: args.params['personId'] as string };
}

export default function Results() {
  const { series, reportCount, personId } = useLoaderData<typeof loader>();
  const categories = byCategory(series);
  return (
    <>
      <h1 className="nhsuk-heading-l">Results</h1>
      {series.length === 0 && <NothingRecorded what="results are" />}
      {reportCount > 0 && (
        <p>
          <a href={`/people/${personId}/reports`}>Reports ({numberWords(reportCount)})</a> hold several
          results each.
        </p>
      )}
      {categories.length > 1 && (
        <ul className="jump">
          {categories.map(([name, list], index) => (
            <li key={name}>
              <a href={`#category-${index}`}>
                {name} ({numberWords(list.length)})
              </a>
            </li>
          ))}
        </ul>
      )}
      {categories.map(([name, list], index) => (
        <section key={name} className="sheet" aria-labelledby={`category-${index}`}>
          <h2 id={`category-${index}`}>{name}</h2>
          <ResultTable caption={name} hideCaption series={list} personId={personId} />
        </section>
      ))}
    </>
  );
}

/** Vital signs and laboratory results first; the rest in the order of their latest result. */
function byCategory(series: Series[]): [string, Series[]][] {
  const categories = new Map<string, Series[]>([
    [categoryWords('vital-signs'), []],
    [categoryWords('laboratory'), []],
  ]);
  for (const each of series) {
    const name = categoryWords(each.category);
    categories.set(name, [...(categories.get(name) ?? []), each]);
  }
  return [...categories].filter(([, list]) => list.length > 0);
}
