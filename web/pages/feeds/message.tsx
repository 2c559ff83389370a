import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read, send } from '../../api/client.ts';
import type { MessageDetail, Remark } from '../../api/feeds.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { messageName, messageStates } from '../../words/feeds.ts';
import { Anatomy } from './anatomy.tsx';

export const meta = titled('Message');

const addressOf = (params: LoaderFunctionArgs['params']) =>
  `/api/feeds/messages/${encodeURIComponent(params['messageId'] ?? '')}`;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const message = await read<MessageDetail>(context, addressOf(params));
  return { message, refused: new URL(request.url).searchParams.has('refused') };
}

/** Keeps a mended text, judges the message again, or gives it up; then shows it as it is now. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const asked = form.get('do');
  const here = `/feeds/messages/${params['messageId']}`;
  if (asked === 'dismiss') {
    await change(context, 'POST', `${addressOf(params)}/dismiss`);
    return redirect(here, 303);
  }
  const text = form.get('text');
  const message = await read<MessageDetail>(context, addressOf(params));
  if (typeof text === 'string' && unified(text) !== unified(message.mended ?? message.text))
    await change(context, 'PUT', addressOf(params), { text });
  if (asked !== 'replay') return redirect(here, 303);
  const { replayed } = await send<{ replayed: boolean }>(context, `${addressOf(params)}/replay`, undefined);
  return redirect(replayed ? here : `${here}?refused`, 303);
}

/** A browser sends line ends in its own way. */
const unified = (text: string): string => text.replaceAll('\r\n', '\n').trim();

export default function MessagePage() {
  const { message, refused } = useLoaderData<typeof loader>();
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/feeds/messages?state=dead">Messages</a>
      </p>
      {refused && (
        <div className="nhsuk-error-summary" role="alert">
          <h2 className="nhsuk-error-summary__title">It still cannot be stored</h2>
          <p>{message.reason}</p>
        </div>
      )}
      <h1 className="nhsuk-heading-l">{messageName(message)}</h1>
      <Sheet>
        <Facts message={message} />
      </Sheet>
      {message.segments !== null && (
        <Sheet>
          <Anatomy segments={message.segments} fault={message.place} />
        </Sheet>
      )}
      {message.state === 'dead' ? <Mend message={message} /> : <AsItCame message={message} />}
    </Page>
  );
}

function Facts({ message }: { message: MessageDetail }) {
  const rows: [string, string | null][] = [
    ['What became of it', messageStates[message.state]],
    ['Why', message.reason],
    ['Place in it', message.place],
    ['Worth knowing', message.remarks.map(remarkWords).join(' ') || null],
    ['Sent by', message.feedName],
    ['Came', dateTimeWords(message.received)],
    ['Speaks of', message.eventAt === null ? null : dateTimeWords(message.eventAt)],
    ['The sender was told', message.ack],
    ['Made or changed', message.resources.join(', ') || null],
    ['Last changed', `${dateTimeWords(message.changed)}, ${message.changedBy}`],
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

const remarkWords = ({ place, text }: Remark): string =>
  `${[place.segment, place.field].filter((part) => part !== undefined).join('-')}: ${text}`;

function Mend({ message }: { message: MessageDetail }) {
  return (
    <>
      <form method="post">
        <div className="nhsuk-form-group">
          <label className="nhsuk-label nhsuk-label--m" htmlFor="text">
            Mend the text
          </label>
          <div className="nhsuk-hint" id="text-hint">
            One segment or row a line. The text as it came is kept too.
          </div>
          <textarea
            className="nhsuk-textarea mend"
            id="text"
            name="text"
            rows={12}
            spellCheck={false}
            aria-describedby="text-hint"
            defaultValue={message.mended ?? message.text}
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
          Give up on this message
        </button>
      </form>
    </>
  );
}

function AsItCame({ message }: { message: MessageDetail }) {
  return (
    <details className="nhsuk-details">
      <summary className="nhsuk-details__summary">
        <span className="nhsuk-details__summary-text">The text as it came</span>
      </summary>
      <div className="nhsuk-details__text">
        <pre className="document-text" tabIndex={0} aria-label="The text as it came">
          {message.text}
        </pre>
      </div>
    </details>
  );
}
