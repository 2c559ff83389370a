import {
  data,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { read, readIfAllowed, send, type Refusal } from '../../api/client.ts';
import type { AreaPlaces, Named, PartnerPage, Tier } from '../../api/system.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { kindWords } from '../../words/system.ts';
import { Wrong } from '../../components/wrong.tsx';

export const meta = titled('Who is responsible for a postcode?');

type Context = ActionFunctionArgs['context'];
type Typed = { where: string; date: string };
type Answered =
  | { state: 'unclear'; typed: Typed; misfit: string }
  | { state: 'found'; typed: Typed; places: AreaPlaces; bodies: Row[] };
type Row = Named & { date: string };

const today = (): string => new Date().toISOString().slice(0, 10);

/** Which kinds of partner are worth naming of each tier, beside the body itself. */
const answerable: [Tier, string[]][] = [
  ['neighbourhood', ['gp-practice', 'pcn']],
  ['place', ['sub-icb', 'council', 'health-and-wellbeing-board']],
  ['system', ['icb']],
];

export const loader = ({ request }: LoaderFunctionArgs): Typed => {
  const date = new URL(request.url).searchParams.get('date') ?? '';
  return { where: '', date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : today() };
};

/** Answers what was posted on the same page: a postcode may tell where somebody lives, so it stands in no address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const typed: Typed = { where: text('where'), date: text('date') || today() };
  if (typed.where === '')
    return data<Answered>({ state: 'unclear', typed, misfit: 'Enter a postcode' }, { status: 400 });
  const found = await placesOf(context, typed);
  if ('title' in found) {
    const misfit = `${found.title} ${found.wayOut ?? ''}`.trim();
    return data<Answered>({ state: 'unclear', typed, misfit }, { status: found.status });
  }
  return data<Answered>({
    state: 'found',
    typed,
    places: found,
    bodies: await bodiesOf(context, typed, found),
  });
}

/** Takes a postcode, or the code of a small area such as E01000001. */
async function placesOf(context: Context, { where, date }: Typed): Promise<AreaPlaces | Refusal> {
  const code = /^[A-Za-z0-9_-]{8,40}$/.test(where) && /\d{5}$/.test(where) ? where.toUpperCase() : undefined;
  const area =
    code === undefined
      ? undefined
      : await readIfAllowed<AreaPlaces>(context, `/api/areas/${code}?${new URLSearchParams({ date })}`);
  return (
    area ?? send<AreaPlaces | Refusal>(context, '/api/areas/find', { postcode: where, date }, [400, 404])
  );
}

async function bodiesOf(context: Context, { date }: Typed, places: AreaPlaces): Promise<Row[]> {
  const found: Row[] = [];
  for (const [tier, kinds] of answerable) {
    for (const body of places[tier] ?? []) {
      found.push({ ...body, date });
      for (const kind of kinds) {
        const query = new URLSearchParams({ body: body.id, kind, date, count: '500' });
        const { partners } = await read<PartnerPage>(context, `/api/organisations?${query}`);
        found.push(...partners.map((each) => ({ ...each, date })));
      }
    }
  }
  return found.filter(({ id }, index) => found.findIndex((each) => each.id === id) === index);
}

/** Who was responsible for the people of a postcode on a date. */
export default function Area() {
  const asked = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed = answer?.typed ?? asked;
  const misfit = answer?.state === 'unclear' ? answer.misfit : undefined;
  return (
    <Page>
      {misfit !== undefined && <ErrorSummary misfits={[{ field: 'where', text: misfit }]} />}
      <p className="nhsuk-body-s">
        <a href={`/system?date=${typed.date}`}>How is our system organised?</a>
      </p>
      <h1 className="nhsuk-heading-l">Who is responsible for a postcode?</h1>
      <AreaForm typed={typed} misfit={misfit} />
      {answer?.state === 'found' && <Found {...answer} />}
    </Page>
  );
}

function AreaForm({ typed, misfit }: { typed: Typed; misfit: string | undefined }) {
  return (
    <form method="post" action="/system/area" className="filter" noValidate>
      <div className={`nhsuk-form-group${misfit === undefined ? '' : ' nhsuk-form-group--error'}`}>
        <label className="nhsuk-label" htmlFor="where">
          Postcode
        </label>
        {misfit !== undefined && <Wrong field="where" text={misfit} />}
        <input
          className={`nhsuk-input nhsuk-input--width-10${misfit === undefined ? '' : ' nhsuk-input--error'}`}
          id="where"
          name="where"
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed.where}
          aria-describedby={misfit === undefined ? undefined : 'where-error'}
        />
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="date">
          On which date?
        </label>
        <input className="nhsuk-input" id="date" name="date" type="date" defaultValue={typed.date} required />
      </div>
      <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
        Show
      </button>
    </form>
  );
}

function Found({ typed, places, bodies }: Extract<Answered, { state: 'found' }>) {
  const { area, areaName, deprivation } = places;
  return (
    <section aria-labelledby="found">
      <h2 className="nhsuk-heading-m" id="found">
        {bodies.length === 0 ? 'Nobody we know of' : (areaName ?? area)} on {dateWords(typed.date)}
      </h2>
      <p>
        Small area {area}
        {deprivation !== null &&
          `: decile ${deprivation.decile} of deprivation, where 1 is the most deprived tenth of England`}
        .
      </p>
      {bodies.length > 0 && (
        <Sheet>
          <Table
            caption="Responsible on that date"
            rows={bodies}
            rowKey={({ id }) => id}
            columns={[
              {
                heading: 'Name',
                cell: ({ id, name, date }) => <a href={`/system/partners/${id}?date=${date}`}>{name}</a>,
              },
              { heading: 'Kind', cell: ({ kind }) => kindWords(kind) },
            ]}
          />
        </Sheet>
      )}
    </section>
  );
}
