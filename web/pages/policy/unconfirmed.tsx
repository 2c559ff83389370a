import { useLoaderData } from 'react-router';
import type { Policy, PolicyAnswer } from '../../api/privacy.ts';
import { CountBars } from '../../charts/count-bars.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { countWords } from '../../words/numbers.ts';
import { placeWords, ruleText } from '../../words/policy.ts';
import { plain } from '../../words/privacy.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav } from './nav.tsx';

export const meta = titled('Statements nobody confirmed');
export const loader = loadPolicy;

/** The work list of the Caldicott Guardian: what nobody has held against its source, by what it does. */
export default function Unconfirmed() {
  const { unconfirmed, policy } = useLoaderData<typeof loader>();
  const groups = [...Map.groupBy(unconfirmed, ({ place }) => place)];
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Statements nobody confirmed</h1>
      <p className="nhsuk-lede-text">
        {unconfirmed.length === 0
          ? 'Each statement was held against its source.'
          : `${countWords(unconfirmed.length, 'statement waits', 'statements wait')} for the Caldicott Guardian to hold them against their source.`}
      </p>
      {groups.length > 0 && (
        <Sheet>
          <h2>What they are about</h2>
          <CountBars
            label="Statements that wait, by what they are about"
            counts={groups.map(([place, { length }]) => ({ name: titleOf(place), count: length, tone: 0 }))}
          />
        </Sheet>
      )}
      {groups.map(([place, statements]) => (
        <Sheet key={place}>
          <Table
            caption={titleOf(place)}
            rows={statements}
            rowKey={(each, at) => `${each.name} ${at}`}
            columns={[
              { heading: 'Statement', cell: (each) => <Statement each={each} policy={policy} /> },
              { heading: 'Source it gives', cell: (each) => each.source },
            ]}
          />
        </Sheet>
      ))}
    </Page>
  );
}

const titleOf = (place: string): string => placeWords[place] ?? plain(place);

function Statement({ each, policy }: { each: PolicyAnswer['unconfirmed'][number]; policy: Policy }) {
  const says = rulesOf(policy, each.place).find(({ id }) => id === each.name)?.says;
  return (
    <>
      {plain(each.name)}
      {says !== undefined && <span className="aside">{ruleText(says)}</span>}
    </>
  );
}

function rulesOf({ branches, needs, refusals }: Policy, place: string): Policy['needs'] {
  if (place === 'branch') return branches;
  if (place === 'need') return needs;
  return place === 'refusal' ? refusals : [];
}
