import {
  data,
  redirect,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { change, read } from '../../api/client.ts';
import type { Feed, FeedFile, MessagePage } from '../../api/feeds.ts';
import { HourBars } from '../../charts/hour-bars.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateTimeWords, shortDateTime } from '../../words/dates.ts';
import { feedKinds, feedStates, fileStates } from '../../words/feeds.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { MessageTable } from './message-table.tsx';

export const meta = titled('Feed');

export async function loader({ params, context }: LoaderFunctionArgs) {
  const id = params['feedId'] ?? '';
  const { feeds } = await read<{ feeds: Feed[] }>(context, '/api/feeds');
  const feed = feeds.find((each) => each.id === id);
  if (feed === undefined) throw data({ title: 'There is no such feed' }, { status: 404 });
  const [{ files }, { messages }] = await Promise.all([
    read<{ files: FeedFile[] }>(context, `/api/feeds/${id}/files`),
    read<MessagePage>(context, `/api/feeds/messages?feed=${id}&count=25`),
  ]);
  return { feed, files, messages };
}

/** Keeps how often the feed is expected. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const id = params['feedId'] ?? '';
  await change(context, 'PUT', `/api/feeds/${id}`, { expectedHours: Number(form.get('expectedHours')) });
  return redirect(`/feeds/${id}`, 303);
}

/** One feed: how it comes, what came, and what became of it. */
export default function FeedPage() {
  const { feed, files, messages } = useLoaderData<typeof loader>();
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/feeds">Feeds</a>
      </p>
      <h1 className="nhsuk-heading-l">{feed.name}</h1>
      <Sheet>
        <h2>Last 48 hours</h2>
        <div className="hour-bars--wide">
          <HourBars hours={feed.hours} />
        </div>
        <p>
          {countWords(
            feed.hours.reduce((sum, count) => sum + count, 0),
            'message',
          )}
          ; the busiest hour had {numberWords(Math.max(...feed.hours))}.
        </p>
        <Facts feed={feed} />
        <Expected feed={feed} />
      </Sheet>
      {feed.waiting > 0 && (
        <p>
          <a href={`/feeds/messages?state=dead&feed=${feed.id}`}>
            {countWords(feed.waiting, 'message waits', 'messages wait')} for a person
          </a>
        </p>
      )}
      {messages.length > 0 && (
        <Sheet>
          <MessageTable caption="Latest messages" messages={messages} />
        </Sheet>
      )}
      {files.length > 0 && (
        <Sheet>
          <Files files={files} />
        </Sheet>
      )}
    </Page>
  );
}

const outcomes: [name: string, words: string][] = [
  ['stored', 'stored'],
  ['late', 'came late: something newer stood'],
  ['replayed', 'stored after a person looked'],
  ['dead', 'held back'],
  ['again', 'sent again, without effect'],
  ['flagged', 'stored with something doubtful'],
];

function Facts({ feed }: { feed: Feed }) {
  const told = outcomes.filter(([name]) => (feed.totals[name] ?? 0) > 0);
  const rows: [string, string][] = [
    [
      'State',
      `${feedStates[feed.state].words}; expected at least every ${countWords(feed.expectedHours, 'hour')}`,
    ],
    ['Last', feed.lastReceived === null ? 'Never' : dateTimeWords(feed.lastReceived)],
    ['How it comes', feedKinds[feed.kind]],
    ['Source', feed.source],
    [
      'In all',
      told.map(([name, words]) => `${numberWords(feed.totals[name] ?? 0)} ${words}`).join('; ') ||
        'Nothing yet',
    ],
  ];
  return (
    <dl className="nhsuk-summary-list">
      {rows.map(([name, value]) => (
        <div className="nhsuk-summary-list__row" key={name}>
          <dt className="nhsuk-summary-list__key">{name}</dt>
          <dd className="nhsuk-summary-list__value place">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Expected({ feed }: { feed: Feed }) {
  return (
    <details className="small-details">
      <summary>Say how often it should come</summary>
      <form method="post">
        <div className="nhsuk-form-group">
          <label className="nhsuk-label" htmlFor="expected-hours">
            Expected at least every so many hours
          </label>
          <div className="nhsuk-hint" id="expected-hours-hint">
            After more hours of silence the feed counts as quiet. A week has 168.
          </div>
          <input
            className="nhsuk-input nhsuk-input--width-5"
            id="expected-hours"
            name="expectedHours"
            type="number"
            inputMode="numeric"
            min={1}
            max={8760}
            required
            defaultValue={feed.expectedHours}
            aria-describedby="expected-hours-hint"
          />
        </div>
        <button className="nhsuk-button nhsuk-button--secondary" type="submit">
          Save
        </button>
      </form>
    </details>
  );
}

function Files({ files }: { files: FeedFile[] }) {
  return (
    <Table
      caption="Latest files"
      rows={files}
      rowKey={(file) => file.id}
      columns={[
        { heading: 'File', cell: (file) => <span className="place">{file.name}</span> },
        {
          heading: 'State',
          cell: (file) => (
            <>
              <strong className={`nhsuk-tag nhsuk-tag--${fileStates[file.state].colour}`}>
                {fileStates[file.state].words}
              </strong>
              {file.reason !== null && (
                <span className="aside">
                  {file.reason} {file.place}
                </span>
              )}
            </>
          ),
        },
        { heading: 'Stored', numeric: true, cell: (file) => numberWords(file.stored) },
        { heading: 'Held back', numeric: true, cell: (file) => numberWords(file.held) },
        { heading: 'When', cell: (file) => shortDateTime(file.changed) },
      ]}
    />
  );
}
