import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Happening, Timeline } from '../../api/record.ts';
import { LaneStrip, stripWidth } from '../../charts/lane-strip.tsx';
import { layLanes, shapeOf, spanOf, spansOf, type Shape } from '../../charts/lanes.ts';
import { Sheet, titled } from '../../components/page.tsx';
import { itemsOf, pageAsked, Pager } from '../../components/pager.tsx';
import { NothingRecorded } from '../../components/section.tsx';
import { shortDate, yearOf } from '../../words/dates.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { kindWords, standingWords } from '../../words/record.ts';
import { personApi } from './load.ts';

export const meta = titled('Timeline');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams.get('year');
  const year = asked !== null && /^\d{4}$/.test(asked) ? Number(asked) : undefined;
  const query = year === undefined ? '' : `?year=${year}`;
  const timeline = await read<Timeline>(context, `${personApi(params)}/timeline${query}`);
  const { happenings, lanes, years } = timeline;
  const total = happenings.length;
  const page = year === undefined ? pageAsked(request, total) : 1;
  const span = spanOf(
    years.map((each) => each.year),
    year,
  );
  return {
    year,
    years,
    undated: timeline.undated,
    lanes: years.length === 0 ? [] : layLanes(happenings, lanes, span, stripWidth),
    happenings: year === undefined ? itemsOf(happenings, page) : happenings,
    total,
    page,
    personId: params['personId'] as string,
  };
}

type Loaded = Awaited<ReturnType<typeof loader>>;

/** What happened, where and in what order. A year can be opened by its link. */
export default function TimelinePage() {
  const timeline = useLoaderData<typeof loader>();
  const { year, years, undated, happenings, total, page, personId } = timeline;
  if (years.length === 0) {
    return (
      <>
        <h1 className="nhsuk-heading-l">Timeline</h1>
        <NothingRecorded what="dated entries are" />
      </>
    );
  }
  return (
    <>
      <h1 className="nhsuk-heading-l">{year === undefined ? 'Timeline' : `Timeline of ${year}`}</h1>
      <p>{headline(timeline)}</p>
      <Years years={years} year={year} personId={personId} />
      <Lanes timeline={timeline} />
      <Sheet>
        <h2>In order, latest first</h2>
        <HappeningList happenings={happenings} personId={personId} />
      </Sheet>
      {year === undefined && <Pager total={total} page={page} />}
      {undated > 0 && (
        <p>{countWords(undated, 'entry has', 'entries have')} no date and cannot be shown here.</p>
      )}
    </>
  );
}

function headline({ year, years, total, lanes }: Loaded): string {
  const from = years[0]?.year;
  const to = years.at(-1)?.year;
  const when = year === undefined ? (from === to ? `in ${from}` : `from ${from} to ${to}`) : `in ${year}`;
  return `${countWords(total, 'entry', 'entries')} ${when}, by ${countWords(lanes.length, 'organisation')}. Test results have their own page.`;
}

/** Each year with how much happened, as bars that are links. Years in which nothing happened stand together. */
function Years({ years, year, personId }: Pick<Loaded, 'years' | 'year' | 'personId'>) {
  const most = Math.max(...years.map((each) => each.count));
  const base = `/people/${personId}/timeline`;
  return (
    <nav aria-label="Years" className="years">
      <a className="years__all" href={base} aria-current={year === undefined ? 'page' : undefined}>
        All years
      </a>
      <ul>
        {spansOf(years).map((span) => (
          <li key={span.from}>
            {span.count === 0 ? (
              <span className="years__empty">
                <Bar share={0} />
                <span className="years__label">
                  <span className="nhsuk-u-visually-hidden">Nothing in </span>
                  {span.from === span.to ? span.from : `${span.from}–${String(span.to).slice(2)}`}
                </span>
              </span>
            ) : (
              <a
                href={`${base}?year=${span.from}`}
                aria-current={span.from === year ? 'page' : undefined}
                aria-label={`${span.from}: ${countWords(span.count, 'entry', 'entries')}`}
              >
                <Bar share={span.count / most} />
                <span className="years__label">{span.from}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Bar({ share }: { share: number }) {
  const height = Math.max(share === 0 ? 0 : 2, Math.round(share * 40));
  return (
    <svg
      className="years__bar"
      viewBox="0 0 10 40"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="1" y={40 - height} width="8" height={height} />
    </svg>
  );
}

const legend: { shape: Shape; words: string }[] = [
  { shape: 'tick', words: 'Contact' },
  { shape: 'square', words: 'Procedure' },
  { shape: 'dot', words: 'Anything else' },
];

function Lanes({ timeline: { lanes, year, years } }: { timeline: Loaded }) {
  const count = year === undefined ? Math.min(years.length, 10) : 12;
  const grid = Array.from({ length: count + 1 }, (_, index) => Math.round((index * stripWidth) / count));
  const [from, to] =
    year === undefined ? [years[0]?.year, years.at(-1)?.year] : [`January ${year}`, `December ${year}`];
  return (
    <section className="sheet" aria-labelledby="lanes">
      <h2 id="lanes">By organisation</h2>
      <ul className="legend-list" aria-label="Signs">
        {legend.map(({ shape, words }) => (
          <li key={shape}>
            <svg className="legend-mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
              <path className={`mark mark--${shape}`} d={shape === 'tick' ? 'M10,2V18' : 'M10,10h0'} />
            </svg>{' '}
            {words}
          </li>
        ))}
      </ul>
      <ul className="lanes">
        {lanes.map((lane) => (
          <li key={lane.source} className="lane">
            <span className="lane__name">
              {lane.source} <span className="count">({numberWords(lane.count)})</span>
            </span>
            <LaneStrip lane={lane} grid={grid} />
          </li>
        ))}
      </ul>
      <p className="chart__dates chart__dates--lanes" aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </p>
    </section>
  );
}

function HappeningList({ happenings, personId }: { happenings: Happening[]; personId: string }) {
  let shownYear: number | undefined;
  return (
    <ol className="happenings">
      {happenings.map((each) => {
        const year = yearOf(each.when);
        const isNew = year !== shownYear;
        shownYear = year;
        return (
          <li key={`${each.type}/${each.id}`}>
            {isNew && <h3 className="happenings__year">{year}</h3>}
            <div className={`happening happening--${shapeOf(each.kind)}`}>
              <span className="happening__date">{shortDate(each.when)}</span>
              <span className="happening__what">
                <a href={`/people/${personId}/entries/${each.type}/${each.id}`}>{each.title}</a>
                <span className="aside">
                  {kindWords[each.kind]}, {each.sources.join(' and ')}
                  {each.endedOn === undefined ? '' : `, until ${shortDate(each.endedOn)}`}
                  {each.standing === 'not-done' ? `, ${standingWords['not-done'].toLowerCase()}` : ''}
                </span>
              </span>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
