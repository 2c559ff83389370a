import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { MessageDetail, Remark } from '../../api/feeds.ts';
import { actOnHeld } from '../../api/mend.ts';
import { Facts } from '../../components/facts.tsx';
import { SentText, StillHeld } from '../../components/held.tsx';
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
      {refused && <StillHeld reason={message.reason} />}
      <h1 className="nhsuk-heading-l">{messageName(message)}</h1>
      <Sheet>
        <MessageFacts message={message} />
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
        <SentText title="The text as it came" text={message.text} />
      )}
    </Page>
  );
}

function MessageFacts({ message }: { message: MessageDetail }) {
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
  return <Facts place rows={rows} />;
}

const remarkWords = ({ place, text }: Remark): string =>
  `${[place.segment, place.field].filter((part) => part !== undefined).join('-')}: ${text}`;
