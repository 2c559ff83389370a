import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { MessageDetail, Remark } from '../../api/feeds.ts';
import { actOnHeld } from '../../api/mend.ts';
import { MendForm } from '../../components/mend-form.tsx';
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

export const action = ({ params, ...asked }: ActionFunctionArgs) =>
  actOnHeld<MessageDetail>(asked, {
    address: addressOf(params),
    page: `/feeds/messages/${params['messageId']}`,
    textOf: (message) => message.mended ?? message.text,
  });

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
      {message.state === 'dead' ? (
        <MendForm
          what="message"
          hint="One segment or row a line. The text as it came is kept too."
          text={message.mended ?? message.text}
          rows={12}
        />
      ) : (
        <AsItCame message={message} />
      )}
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
