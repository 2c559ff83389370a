import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { keepKeys, keysAreOn } from '../../frame/keys.ts';
import { viewerOf } from '../../frame/viewer.ts';

export const meta = titled('Keys');

const browserKeys = [
  { key: 'Tab', does: 'Goes on to the next link, button or field. With Shift, back to the one before.' },
  { key: 'Enter', does: 'Follows a link, presses a button, or sends the form you are in.' },
  { key: 'Space', does: 'Presses a button, opens a part that is folded, or ticks a box.' },
  { key: 'Arrow keys', does: 'Choose among the answers of one question, or scroll the page.' },
  { key: 'Tab, then Enter, on a new page', does: 'Skips the menu and goes to the main part.' },
];

const ourKeys = [
  { key: '/', does: 'Goes to the search for a person.' },
  { key: '?', does: 'Opens this page.' },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await viewerOf(context);
  return { isOn: keysAreOn(request), takesOurs: viewer.state === 'signed-in' };
}

/** Switches the keys of one letter on or off for this browser. */
export async function action({ request }: ActionFunctionArgs) {
  const on = (await request.formData()).get('keys') === 'on';
  return redirect('/keys', { status: 303, headers: keepKeys(on) });
}

/** Everything works by keyboard alone; this page says how. */
export default function Keys() {
  const { isOn, takesOurs } = useLoaderData<typeof loader>();
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Using OpenICS by keyboard</h1>
      <p>Every page works by keyboard alone. Where you are has a yellow ground or a thick frame.</p>
      <Sheet>
        <KeyTable caption="Keys of your browser" keys={browserKeys} />
      </Sheet>
      {takesOurs && (
        <Sheet>
          <KeyTable caption="Keys of OpenICS" keys={ourKeys} />
          <p>
            They are switched {isOn ? 'on' : 'off'}. Switch them off if you speak to your computer, or press
            them by mistake.
          </p>
          <form method="post">
            <button className="nhsuk-button" name="keys" value={isOn ? 'off' : 'on'}>
              Switch these keys {isOn ? 'off' : 'on'}
            </button>
          </form>
        </Sheet>
      )}
    </Page>
  );
}

function KeyTable({ caption, keys }: { caption: string; keys: typeof ourKeys }) {
  return (
    <Table
      caption={caption}
      rows={keys}
      rowKey={({ key }) => key}
      columns={[
        { heading: 'Key', cell: ({ key }) => <kbd>{key}</kbd> },
        { heading: 'What it does', cell: ({ does }) => does },
      ]}
    />
  );
}
