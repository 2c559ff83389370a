import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Feed } from '../../api/feeds.ts';
import { CountBars } from '../../charts/count-bars.tsx';
import { HourBars } from '../../charts/hour-bars.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { useMayOpen } from '../../frame/use-viewer.ts';
import { shortDateTime } from '../../words/dates.ts';
import { feedKinds, feedStates, freshness } from '../../words/feeds.ts';
import { countWords, numberWords } from '../../words/numbers.ts';

export const meta = titled('Is every feed arriving?');

export async function loader({ context }: LoaderFunctionArgs) {
  const { feeds } = await read<{ feeds: Feed[] }>(context, '/api/feeds');
  return { feeds, now: new Date().toISOString() };
}

const waits = (count: number): string =>
  `${countWords(count, 'message waits', 'messages wait')} for a person`;

/** Every feed: when it last came, how much, and what waits. */
export default function Feeds() {
  const { feeds, now } = useLoaderData<typeof loader>();
  const mayOpen = useMayOpen('messages');
  const waiting = feeds.reduce((sum, feed) => sum + feed.waiting, 0);
  const silent = feeds.filter((feed) => feed.state !== 'arriving');
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Is every feed arriving?</h1>
      {feeds.length === 0 ? (
        <p>
          Nothing has come yet. Start with <code>--mllp PORT</code> to take HL7 v2 messages, or load a folder
          with <code>./openics feeds load FOLDER</code>.
        </p>
      ) : (
        <>
          <p className="nhsuk-lede-text">{answer(feeds.length, silent.length)}</p>
          {waiting > 0 && (
            <div className="nhsuk-inset-text">
              <p>
                {mayOpen ? <a href="/feeds/messages?state=dead">{waits(waiting)}</a> : waits(waiting)}:{' '}
                {waiting === 1 ? 'it could not be stored as it is' : 'they could not be stored as they are'}.
              </p>
            </div>
          )}
          <Sheet>
            <h2>When feeds last came</h2>
            <CountBars label="How many feeds last came when" counts={byFreshness(feeds, now)} />
          </Sheet>
          <Sheet>
            <Table
              caption="Each feed, silent ones first"
              rows={[...silent, ...feeds.filter((feed) => feed.state === 'arriving')]}
              rowKey={(feed) => feed.id}
              columns={[
                { heading: 'Feed', cell: (feed) => <Name feed={feed} /> },
                { heading: 'State', cell: (feed) => <State feed={feed} /> },
                {
                  heading: 'Last',
                  cell: (feed) => (feed.lastReceived === null ? 'Never' : shortDateTime(feed.lastReceived)),
                },
                { heading: 'Last 48 hours', cell: (feed) => <Rate feed={feed} /> },
                { heading: 'Stored', numeric: true, cell: (feed) => numberWords(storedOf(feed)) },
                {
                  heading: 'Doubtful',
                  numeric: true,
                  cell: (feed) => numberWords(feed.totals['flagged'] ?? 0),
                },
                { heading: 'Waiting', numeric: true, cell: (feed) => numberWords(feed.waiting) },
              ]}
            />
          </Sheet>
        </>
      )}
    </Page>
  );
}

function answer(all: number, silent: number): string {
  if (silent === 0) return `Yes: all ${countWords(all, 'feed')} came when expected.`;
  return `No: ${numberWords(silent)} of ${countWords(all, 'feed')} ${silent === 1 ? 'is' : 'are'} silent longer than expected.`;
}

function byFreshness(feeds: Feed[], now: string) {
  const ages = feeds.map((feed) =>
    feed.lastReceived === null ? undefined : (Date.parse(now) - Date.parse(feed.lastReceived)) / 3_600_000,
  );
  const counted = freshness.map(({ words, hours }, index) => {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : freshness[index - 1]!.hours;
    return {
      name: words,
      count: ages.filter((age) => age !== undefined && age > from && age <= hours).length,
      tone: index,
    };
  });
  return [...counted, { name: 'never', count: ages.filter((age) => age === undefined).length, tone: 4 }];
}

export const storedOf = ({ totals }: Feed): number =>
  (totals['stored'] ?? 0) + (totals['late'] ?? 0) + (totals['replayed'] ?? 0);

function Name({ feed }: { feed: Feed }) {
  return (
    <>
      <a href={`/feeds/${feed.id}`}>{feed.name}</a>
      <span className="aside">{feedKinds[feed.kind]}</span>
    </>
  );
}

function State({ feed }: { feed: Feed }) {
  const { words, colour } = feedStates[feed.state];
  return <strong className={`nhsuk-tag nhsuk-tag--${colour}`}>{words}</strong>;
}

function Rate({ feed }: { feed: Feed }) {
  const sum = feed.hours.reduce((total, count) => total + count, 0);
  return (
    <span className="trend">
      <HourBars hours={feed.hours} />
      <span>{numberWords(sum)}</span>
    </span>
  );
}
