import { data, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { MessagePage, MessageState } from '../../api/feeds.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { messageStates } from '../../words/feeds.ts';
import { MessageTable } from './message-table.tsx';

export const meta = titled('Messages');

const states = Object.keys(messageStates) as MessageState[];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const state = states.find((each) => each === (asked.get('state') ?? 'dead'));
  if (state === undefined) throw data({ title: 'There is no such page' }, { status: 404 });
  const query = new URLSearchParams({ state });
  const [feed, before] = [asked.get('feed'), asked.get('before')];
  if (feed !== null) query.set('feed', feed);
  if (before !== null) query.set('before', before);
  const page = await read<MessagePage>(context, `/api/feeds/messages?${query}`);
  return { ...page, state, feed, isFirstPage: before === null };
}

/** Messages in one state, latest first; those that wait for a person unless another is asked for. */
export default function Messages() {
  const { messages, next, state, feed, isFirstPage } = useLoaderData<typeof loader>();
  const ofFeed = feed === null ? '' : `&feed=${encodeURIComponent(feed)}`;
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/feeds">Feeds</a>
      </p>
      <h1 className="nhsuk-heading-l">Messages</h1>
      <ul className="jump">
        {states.map((each) => (
          <li key={each}>
            <a
              href={`/feeds/messages?state=${each}${ofFeed}`}
              aria-current={each === state ? 'page' : undefined}
            >
              {messageStates[each]}
            </a>
          </li>
        ))}
      </ul>
      {messages.length === 0 ? (
        <p>{isFirstPage ? 'There are none in this state.' : 'There are no more.'}</p>
      ) : (
        <Sheet>
          <MessageTable caption={`${messageStates[state]}, latest first`} messages={messages} />
        </Sheet>
      )}
      {next !== null && (
        <nav className="pages" aria-label="More messages">
          <a href={`/feeds/messages?state=${state}${ofFeed}&before=${next}`}>Next messages</a>
        </nav>
      )}
    </Page>
  );
}
