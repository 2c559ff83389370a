import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { CaseLine, Statistics } from '../../api/identity.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { shortDateTime } from '../../words/dates.ts';
import { sentence, stateWords } from '../../words/identity.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { askedPart } from './reviewer.ts';

export const meta = titled('Sealed cases');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { query } = askedPart(request);
  const [list, statistics] = await Promise.all([
    read<{ cases: CaseLine[]; next: string | null }>(context, `/api/identity/sealed?${query}`),
    read<Statistics>(context, '/api/identity/sealed/statistics'),
  ]);
  return { ...list, statistics };
}

/** Cases that may tell of a changed identity. The list names nobody. */
export default function SealedQueue() {
  const { cases, next, statistics } = useLoaderData<typeof loader>();
  const decided = statistics.counts.filter(
    ({ state }) => state === 'same' || state === 'different' || state === 'cannot-tell',
  );
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/identity">Doubtful matches</a>
      </p>
      <h1 className="nhsuk-heading-l">Sealed cases</h1>
      <p>
        {statistics.waiting === 0
          ? 'Nothing waits for a decision.'
          : `${countWords(statistics.waiting, 'case')} may tell of a changed identity: an adoption, or a new NHS number after a change of gender.`}
      </p>
      <p>This list names nobody. To see a case you say why, and that is kept.</p>
      {cases.length > 0 && (
        <Sheet>
          <Table
            caption="Waiting, oldest first"
            rows={cases}
            rowKey={(each) => each.caseId}
            columns={[
              {
                heading: 'Case',
                cell: (each) => (
                  <a href={`/identity/sealed/${each.caseId}`}>Case {each.caseId.slice(-6).toUpperCase()}</a>
                ),
              },
              { heading: 'Why', cell: (each) => sentence(each.reasons.join('; ')) },
              {
                heading: 'State',
                cell: (each) =>
                  each.state === 'waiting' && each.twice
                    ? 'Waiting: two reviewers look at it'
                    : stateWords[each.state],
              },
              { heading: 'Since', cell: (each) => shortDateTime(each.opened) },
            ]}
          />
        </Sheet>
      )}
      {decided.length > 0 && (
        <p>
          Decided so far: {numberWords(decided.reduce((sum, { cases: count }) => sum + count, 0))}
          {statistics.twice.cases > 0 &&
            `; of ${countWords(statistics.twice.cases, 'case')} looked at twice, reviewers agreed on ${numberWords(statistics.twice.agreed)}`}
          .
        </p>
      )}
      {next !== null && (
        <nav className="pages" aria-label="More cases">
          <a href={`/identity/sealed?after=${next}`}>Next cases</a>
        </nav>
      )}
    </Page>
  );
}
