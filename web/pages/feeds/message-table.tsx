import type { MessageItem } from '../../api/feeds.ts';
import { Table } from '../../components/table.tsx';
import { shortDateTime } from '../../words/dates.ts';
import { messageName, messageStates } from '../../words/feeds.ts';

/** Messages in a table: what each is, what became of it and why. */
export function MessageTable({ caption, messages }: { caption: string; messages: MessageItem[] }) {
  return (
    <Table
      caption={caption}
      rows={messages}
      rowKey={(message) => message.id}
      columns={[
        {
          heading: 'Message',
          cell: (message) => (
            <>
              <a href={`/feeds/messages/${message.id}`}>{messageName(message)}</a>
              <span className="aside">{message.feedName}</span>
            </>
          ),
        },
        { heading: 'What became of it', cell: (message) => messageStates[message.state] },
        {
          heading: 'Why',
          cell: (message) => (
            <>
              {message.reason ?? message.remarks.map(({ text }) => text).join(' ')}
              {message.place !== null && <span className="aside">{message.place}</span>}
            </>
          ),
        },
        { heading: 'Came', cell: (message) => shortDateTime(message.received) },
      ]}
    />
  );
}
