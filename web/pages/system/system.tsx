import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read, readIfAllowed } from '../../api/client.ts';
import type { Branch, SystemMap, SystemView } from '../../api/system.ts';
import { AreaMap, isMapNumbered } from '../../charts/area-map.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { placeOf } from '../../frame/place.ts';
import { dateWords } from '../../words/dates.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import {
  bodiesWords,
  holdsWords,
  kindsHeading,
  kindWords,
  openLicence,
  shareWords,
  shortName,
  sourcesWords,
  systemFinding,
} from '../../words/system.ts';
import { DateForm } from './date-form.tsx';
import { Tree } from './tree.tsx';

export const meta = titled('How is our system organised?');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const query = new URLSearchParams();
  for (const name of ['date', 'within']) {
    const value = asked.get(name);
    if (value !== null && value !== '') query.set(name, value);
  }
  let view = await beginAtPlace(request, context, query);
  const [only, ...others] = view.branches;
  const isOnly = view.body === null && only !== undefined && others.length === 0;
  if (isOnly) {
    query.set('within', only.id);
    view = await read<SystemView>(context, `/api/system?${query}`);
  }
  const map = await read<SystemMap>(context, `/api/system/map?${query}`);
  return { view, isOnly, map, opened: asked.get('open'), isDated: query.has('date') };
}

/** An address that asks nothing begins at the chosen place, as long as there is such a body. */
async function beginAtPlace(
  request: Request,
  context: LoaderFunctionArgs['context'],
  query: URLSearchParams,
): Promise<SystemView> {
  const place = query.size === 0 ? placeOf(request) : undefined;
  if (place !== undefined) {
    const within = new URLSearchParams({ within: place.id });
    const view = await readIfAllowed<SystemView>(context, `/api/system?${within}`);
    if (view !== undefined && view.body !== null) {
      query.set('within', place.id);
      return view;
    }
  }
  return read<SystemView>(context, `/api/system?${query}`);
}

/** The tiers of a system as a map, a table and a tree, on any date. Where there is only one system it is shown at once. */
export default function System() {
  const { view, isOnly, map, opened, isDated } = useLoaderData<typeof loader>();
  const { day, body, above, branches } = view;
  const dated: [string, string][] = isDated ? [['date', day]] : [];
  const hrefOf = (id: string): string => `/system?${new URLSearchParams([['within', id], ...dated])}`;
  const openingOf = (id: string | undefined): string => {
    const here: [string, string][] = body === null || isOnly ? dated : [['within', body.id], ...dated];
    const query = new URLSearchParams(id === undefined ? here : [...here, ['open', id]]);
    return `/system?${query}#${id === undefined ? 'tree' : 'open'}`;
  };
  const shown = branches.length === 0 && body !== null ? [body] : branches;
  return (
    <Page>
      {body !== null && !isOnly && <Above above={above} day={day} />}
      <h1 className="nhsuk-heading-l">{body?.name ?? 'How is our system organised?'}</h1>
      {shown.length > 0 && (
        <p className="nhsuk-lede-text">
          {headline(view)} on {dateWords(day)}.
        </p>
      )}
      <DateForm action="/system" day={day} keep={{ within: body?.id }} changes={view.changes} />
      {shown.length === 0 ? (
        <Empty view={view} />
      ) : (
        <Overview view={view} map={map} shown={shown} hrefOf={hrefOf} />
      )}
      {body !== null && <Partners body={body} day={day} />}
      {branches.some(({ within }) => within.length > 0) && (
        <Sheet>
          <h2 id="tree">The whole tree</h2>
          <Tree branches={branches} opened={opened} hrefOf={hrefOf} openingOf={openingOf} />
        </Sheet>
      )}
      <p>
        <a href={`/system/partners?date=${day}${body === null ? '' : `&body=${body.id}`}`}>
          All partners and bodies{body === null ? '' : ` of ${body.name}`}
        </a>
      </p>
      <p>
        <a href={`/system/area?date=${day}`}>Who is responsible for a postcode?</a>
      </p>
    </Page>
  );
}

function headline({ body, branches }: SystemView): string {
  if (branches.length > 0) return bodiesWords(branches);
  return body === null ? '' : kindWords(body.kind);
}

function Above({ above, day }: { above: SystemView['above']; day: string }) {
  return (
    <nav className="nhsuk-body-s" aria-label="What it lies in">
      <a href={`/system?date=${day}`}>All systems</a>
      {above.toReversed().map(({ id, name }) => (
        <span key={id}>
          {' '}
          / <a href={`/system?within=${id}&date=${day}`}>{name}</a>
        </span>
      ))}
    </nav>
  );
}

function Overview({
  view,
  map,
  shown,
  hrefOf,
}: {
  view: SystemView;
  map: SystemMap;
  shown: Branch[];
  hrefOf: (id: string) => string;
}) {
  const finding = systemFinding(shown);
  const isNumbered = isMapNumbered(map);
  const isNational = view.sources.some(({ about }) => about === 'lsoa21-icb24');
  const numbers = new Map(shown.map(({ id }, index) => [id, index + 1]));
  return (
    <Sheet>
      <h2>{finding}</h2>
      <p className="aside">
        Share of people who live in a small area among the most deprived fifth of England, as bodies stand on{' '}
        {dateWords(view.day)}.
      </p>
      <div className={map.bodies.length > 0 ? 'map-beside-table' : undefined}>
        <AreaMap
          map={map}
          branches={shown}
          label={`Map. ${finding} The table has all figures.`}
          hrefOf={hrefOf}
        />
        <Table
          caption={shown.length === 1 ? 'In figures' : kindsHeading(shown[0]!.kind)}
          rows={shown}
          rowKey={({ id }) => id}
          columns={[
            {
              heading: 'Name',
              cell: (row) => (
                <>
                  {isNumbered && <span className="map-key">{numbers.get(row.id)}</span>}
                  {row.id === view.body?.id ? row.name : <a href={hrefOf(row.id)}>{nameIn(shown, row)}</a>}
                </>
              ),
            },
            {
              heading: 'People',
              numeric: true,
              cell: (row) => (row.people === null ? 'Not known' : numberWords(row.people)),
            },
            { heading: 'Most deprived fifth', numeric: true, cell: (row) => shareWords(row.deprivedShare) },
          ]}
        />
      </div>
      <p className="aside">
        {sourcesWords(view.sources)} {isNational && openLicence}
      </p>
    </Sheet>
  );
}

/** Boards in a list need not each say that they are boards: the caption does. */
function nameIn(rows: Branch[], { name }: Branch): string {
  return rows.every(({ kind }) => kind === 'icb') ? shortName(name) : name;
}

function Partners({ body, day }: { body: Branch; day: string }) {
  const kinds = Object.entries(body.partners).sort(([, a], [, b]) => b - a);
  return (
    <Sheet>
      <h2>Partners</h2>
      {kinds.length === 0 ? (
        <p>No partner belongs to it directly on this date.</p>
      ) : (
        <ul className="short-list">
          {kinds.map(([kind, count]) => (
            <li key={kind}>
              <a href={`/system/partners?kind=${kind}&body=${body.id}&date=${day}`}>{kindsHeading(kind)}</a>{' '}
              <span className="count">{numberWords(count)}</span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`/system/partners/${body.id}?date=${day}`}>More about {body.name}</a>
        {holdsWords(body) !== '' && <span className="aside">{holdsWords(body)}</span>}
        {body.areas > 0 && <span className="aside">{countWords(body.areas, 'small area')}</span>}
      </p>
    </Sheet>
  );
}

function Empty({ view }: { view: SystemView }) {
  if (view.sources.length > 0)
    return <p>We know of no system on {dateWords(view.day)}. Choose another date.</p>;
  return (
    <div className="nhsuk-inset-text">
      <p>No system was described yet.</p>
      <p>
        Bring its areas in with <code>./openics geography load FOLDER</code> and its partners with{' '}
        <code>./openics organisations load FOLDER</code>, then load this page again.
      </p>
    </div>
  );
}
