import { useLoaderData } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { plainList } from '../../words/privacy.ts';
import { purposesWords } from '../../words/purposes.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav } from './nav.tsx';

export const meta = titled('Agreements to share');
export const loader = loadPolicy;

/** What partners signed: who shares what, why, from when to when, on which basis. */
export default function Agreements() {
  const { agreements } = useLoaderData<typeof loader>();
  const inForce = agreements.filter((each) => each.inForce).length;
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Agreements to share</h1>
      <p>
        {countWords(inForce, 'agreement')} in force today. Without one, nothing crosses from one partner to
        another.
      </p>
      {agreements.length > 0 && (
        <Sheet>
          <Table
            caption="Agreements"
            rows={agreements}
            rowKey={(each) => each.id}
            columns={[
              { heading: 'Agreement', cell: (each) => each.name },
              {
                heading: 'In force',
                cell: (each) => (
                  <>
                    <strong className={`nhsuk-tag nhsuk-tag--${each.inForce ? 'green' : 'grey'}`}>
                      {each.inForce ? 'Today' : 'Not today'}
                    </strong>
                    <span className="aside">
                      From {dateWords(each.from)}
                      {each.to === null ? '' : ` to ${dateWords(each.to)}`}. To be looked at again by{' '}
                      {dateWords(each.review)}.
                    </span>
                  </>
                ),
              },
              { heading: 'Parties', cell: (each) => each.parties.join(', ') },
              { heading: 'Shares', cell: (each) => plainList([...each.classes, ...each.labels]) },
              { heading: 'For', cell: (each) => purposesWords(each.purposes) },
              { heading: 'Basis', cell: (each) => `${each.gdprArticle6}; ${each.gdprArticle9}; ${each.law}` },
            ]}
          />
        </Sheet>
      )}
    </Page>
  );
}
