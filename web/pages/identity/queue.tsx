import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { CaseLine, Side, Statistics } from '../../api/identity.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { shortDateTime } from '../../words/dates.ts';
import { bitsWords, queueWords, sentence, sourceWords, stateWords } from '../../words/identity.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { askedPart } from './reviewer.ts';
import { sideValue } from './side-by-side.tsx';

export const meta = titled('Doubtful matches');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { query, isFirst: isFirstPage, reviewer } = askedPart(request);
  const [list, statistics] = await Promise.all([
    read<{ cases: CaseLine[]; next: string | null }>(context, `/api/identity/cases?${query}`),
    read<Statistics>(context, '/api/identity/cases/statistics'),
  ]);
  return { ...list, statistics, isFirstPage, reviewer, now: new Date().toISOString() };
}

/** Which records may be of one person, and wait for somebody to decide. */
export default function Queue() {
  const { cases, next, statistics, isFirstPage, reviewer, now } = useLoaderData<typeof loader>();
  const [first] = cases;
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Doubtful matches</h1>
      <p>{headline(statistics, now)}</p>
      {first !== undefined && isFirstPage && (
        <a className="nhsuk-button" href={`/identity/cases/${first.caseId}`}>
          Start with the oldest
        </a>
      )}
      <Sheet>
        <Reasons statistics={statistics} />
        <Agreement statistics={statistics} />
      </Sheet>
      {cases.length > 0 && (
        <Sheet>
          <Table
            caption={reviewer === '' ? 'Waiting, oldest first' : `Waiting for ${reviewer}, oldest first`}
            rows={cases}
            rowKey={(each) => each.caseId}
            columns={[
              { heading: 'Record', cell: (each) => <CaseLink each={each} /> },
              { heading: 'May be', cell: (each) => <Likest each={each} /> },
              { heading: 'Why a person must decide', cell: (each) => <Why each={each} /> },
              {
                heading: 'Weight',
                numeric: true,
                cell: (each) => (each.weight === null ? '–' : bitsWords(each.weight)),
              },
              { heading: 'Waiting since', cell: (each) => shortDateTime(each.opened) },
            ]}
          />
        </Sheet>
      )}
      {next !== null && (
        <nav className="pages" aria-label="More cases">
          <a href={`/identity?after=${next}`}>Next cases</a>
        </nav>
      )}
      <p>
        Cases that may tell of a changed identity, such as an adoption, are{' '}
        <a href="/identity/sealed">sealed</a>.
      </p>
    </Page>
  );
}

function headline({ waiting, oldest }: Statistics, now: string): string {
  if (waiting === 0 || oldest === null) return 'Nothing waits for a decision.';
  const days = Math.floor((Date.parse(now) - Date.parse(oldest)) / 86_400_000);
  const age = days < 1 ? 'since today' : `for ${countWords(days, 'day')}`;
  return `${countWords(waiting, 'record')} may belong to somebody we know. The oldest has waited ${age}.`;
}

function Reasons({ statistics: { reasons } }: { statistics: Statistics }) {
  if (reasons.length === 0) return null;
  const most = Math.max(...reasons.map(({ cases }) => cases));
  return (
    <Table
      caption="Waiting, by reason"
      rows={reasons}
      rowKey={(each) => each.reasons.join('; ')}
      columns={[
        { heading: 'Reason', cell: (each) => sentence(each.reasons.join('; ')) },
        {
          heading: 'Share',
          cell: ({ cases }) => (
            <svg className="share-bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(cases / most) * 100} height="16" />
            </svg>
          ),
        },
        { heading: 'Cases', numeric: true, cell: ({ cases }) => numberWords(cases) },
      ]}
    />
  );
}

function Agreement({ statistics: { counts, twice, model } }: { statistics: Statistics }) {
  const decided = counts.filter(
    ({ state }) => state === 'same' || state === 'different' || state === 'cannot-tell',
  );
  return (
    <dl className="nhsuk-summary-list">
      <Fact name="Decided so far">
        {decided.length === 0
          ? 'None'
          : decided
              .map(({ state, queue, cases }) => `${numberWords(cases)} ${stateWords[state]} (${queue})`)
              .join('; ')}
      </Fact>
      <Fact name="Looked at twice">
        {twice.cases === 0
          ? 'One case in ten goes to two reviewers. None was finished yet.'
          : `${numberWords(twice.agreed)} of ${countWords(twice.cases, 'case')} agreed${kappaWords(twice.kappa)}`}
      </Fact>
      <Fact name="Model">
        {`${model.version}: links from ${bitsWords(model.link)} bits, asks from ${bitsWords(model.review)} bits`}
      </Fact>
    </dl>
  );
}

/** Words for kappa by Landis and Koch, The measurement of observer agreement for categorical data, 1977. */
function kappaWords(kappa: number | null): string {
  if (kappa === null) return '';
  const words =
    kappa > 0.8 ? 'almost perfect' : kappa > 0.6 ? 'substantial' : kappa > 0.4 ? 'moderate' : 'fair or less';
  return `; kappa ${kappa.toFixed(2)}, ${words}`;
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="nhsuk-summary-list__row">
      <dt className="nhsuk-summary-list__key">{name}</dt>
      <dd className="nhsuk-summary-list__value">{children}</dd>
    </div>
  );
}

const nameOf = (side: Side | null): string =>
  side === null ? 'A record that is gone' : (sideValue(side, 'name')[0] ?? 'Name not recorded');

function CaseLink({ each }: { each: CaseLine }) {
  return (
    <>
      <a href={`/identity/cases/${each.caseId}`}>{nameOf(each.patient)}</a>
      {each.patient !== null && <span className="aside">{sourceWords(each.patient)}</span>}
    </>
  );
}

function Likest({ each }: { each: CaseLine }) {
  return (
    <>
      {nameOf(each.likest)}
      {each.people > 1 && (
        <span className="aside">or {countWords(each.people - 1, 'other person', 'other people')}</span>
      )}
    </>
  );
}

function Why({ each }: { each: CaseLine }) {
  return (
    <>
      <strong className={`nhsuk-tag nhsuk-tag--${each.queue === 'quarantine' ? 'orange' : 'blue'}`}>
        {queueWords[each.queue]}
      </strong>
      <span className="aside">{sentence(each.reasons.join('; '))}</span>
      {each.state === 'disputed' && <span className="aside">{stateWords.disputed}</span>}
    </>
  );
}
