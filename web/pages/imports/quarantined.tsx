import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { QuarantineDetail } from '../../api/imports.ts';
import { actOnHeld } from '../../api/mend.ts';
import { Facts } from '../../components/facts.tsx';
import { SentText, StillHeld } from '../../components/held.tsx';
import { MendForm } from '../../components/mend-form.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { itemName, itemPlace, quarantineStates } from '../../words/imports.ts';

export const meta = titled('In quarantine');

const addressOf = (params: LoaderFunctionArgs['params']) =>
  `/api/quarantine/${encodeURIComponent(params['itemId'] ?? '')}`;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const item = await read<QuarantineDetail>(context, addressOf(params));
  return { item, refused: new URL(request.url).searchParams.has('refused') };
}

export const action = ({ params, ...asked }: ActionFunctionArgs) =>
  actOnHeld<QuarantineDetail>(asked, {
    address: addressOf(params),
    page: `/imports/quarantine/${params['itemId']}`,
    textOf: (item) => item.mended ?? item.raw,
  });

export default function Quarantined() {
  const { item, refused } = useLoaderData<typeof loader>();
  const waits = item.state === 'open' || item.state === 'mended';
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/imports/quarantine">Quarantine</a>
      </p>
      {refused && <StillHeld reason={item.reason} />}
      <h1 className="nhsuk-heading-l">{itemName(item)}</h1>
      <Sheet>
        <ItemFacts item={item} />
        {item.issues.length > 0 && <Issues item={item} />}
      </Sheet>
      {waits ? (
        <MendForm
          what="entry"
          hint={
            item.rawCut
              ? 'This is only the beginning: the rest was too long to keep. Put the whole entry here.'
              : 'The text as it came is kept too.'
          }
          text={item.mended ?? item.raw}
          rows={20}
        />
      ) : (
        <SentText title="The text" text={item.mended ?? item.raw} />
      )}
    </Page>
  );
}

function ItemFacts({ item }: { item: QuarantineDetail }) {
  const rows: [string, string | null][] = [
    ['State', quarantineStates[item.state]],
    ['Why', item.reason],
    ['Place in it', item.path],
    ['What to do', item.wayOut],
    ['Sent by', item.source],
    ['Where', itemPlace(item)],
    ['Came', dateTimeWords(item.created)],
    ['Last changed', `${dateTimeWords(item.changed)}, ${item.changedBy}`],
  ];
  return <Facts place rows={rows} />;
}

function Issues({ item }: { item: QuarantineDetail }) {
  return (
    <Table
      caption="All that was found"
      rows={item.issues}
      rowKey={(issue, index) => `${index} ${issue.path}`}
      columns={[
        { heading: 'Place', cell: (issue) => <span className="place">{issue.path}</span> },
        { heading: 'What is wrong', cell: (issue) => issue.text },
        { heading: 'How bad', cell: (issue) => issue.severity },
      ]}
    />
  );
}
