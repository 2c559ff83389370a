import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read, send } from '../../api/client.ts';
import type { QuarantineDetail } from '../../api/imports.ts';
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

/** Keeps a mended text, tries to store it, or gives the entry up; then shows the entry as it is now. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const asked = form.get('do');
  const here = `/imports/quarantine/${params['itemId']}`;
  if (asked === 'dismiss') {
    await change(context, 'POST', `${addressOf(params)}/dismiss`);
    return redirect(here, 303);
  }
  const text = form.get('text');
  const item = await read<QuarantineDetail>(context, addressOf(params));
  // A browser sends line ends in its own way: a text that differs only in those was not changed.
  if (typeof text === 'string' && unified(text) !== unified(item.mended ?? item.raw))
    await change(context, 'PUT', addressOf(params), { text });
  if (asked !== 'replay') return redirect(here, 303);
  const { replayed } = await send<{ replayed: boolean }>(context, `${addressOf(params)}/replay`, undefined);
  return redirect(replayed ? here : `${here}?refused`, 303);
}

function unified(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

export default function Quarantined() {
  const { item, refused } = useLoaderData<typeof loader>();
  const waits = item.state === 'open' || item.state === 'mended';
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/imports/quarantine">Quarantine</a>
      </p>
      {refused && (
        <div className="nhsuk-error-summary" role="alert">
          <h2 className="nhsuk-error-summary__title">It still cannot be stored</h2>
          <p>{item.reason}</p>
        </div>
      )}
      <h1 className="nhsuk-heading-l">{itemName(item)}</h1>
      <Sheet>
        <Facts item={item} />
        {item.issues.length > 0 && <Issues item={item} />}
      </Sheet>
      {waits ? <Mend item={item} /> : <Sent item={item} />}
    </Page>
  );
}

function Facts({ item }: { item: QuarantineDetail }) {
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
  return (
    <dl className="nhsuk-summary-list">
      {rows.map(
        ([name, value]) =>
          value !== null && (
            <div className="nhsuk-summary-list__row" key={name}>
              <dt className="nhsuk-summary-list__key">{name}</dt>
              <dd className="nhsuk-summary-list__value place">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
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

function Mend({ item }: { item: QuarantineDetail }) {
  return (
    <>
      <form method="post">
        <div className="nhsuk-form-group">
          <label className="nhsuk-label nhsuk-label--m" htmlFor="text">
            Mend the text
          </label>
          <div className="nhsuk-hint" id="text-hint">
            {item.rawCut
              ? 'This is only the beginning: the rest was too long to keep. Put the whole entry here.'
              : 'The text as it came is kept too.'}
          </div>
          <textarea
            className="nhsuk-textarea mend"
            id="text"
            name="text"
            rows={20}
            spellCheck={false}
            aria-describedby="text-hint"
            defaultValue={item.mended ?? item.raw}
          />
        </div>
        <div className="nhsuk-button-group">
          <button className="nhsuk-button" name="do" value="replay" type="submit">
            Save and try again
          </button>
          <button className="nhsuk-button nhsuk-button--secondary" name="do" value="mend" type="submit">
            Only save
          </button>
        </div>
      </form>
      <form method="post">
        <button className="nhsuk-button nhsuk-button--warning" name="do" value="dismiss" type="submit">
          Give up on this entry
        </button>
      </form>
    </>
  );
}

function Sent({ item }: { item: QuarantineDetail }) {
  return (
    <details className="nhsuk-details">
      <summary className="nhsuk-details__summary">
        <span className="nhsuk-details__summary-text">The text</span>
      </summary>
      <div className="nhsuk-details__text">
        <pre className="document-text" tabIndex={0} aria-label="The text">
          {item.mended ?? item.raw}
        </pre>
      </div>
    </details>
  );
}
