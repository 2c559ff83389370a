import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { CopyAsked } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { copyWords } from '../../words/mine.ts';
import { changeThenShow, doneOf } from './load.ts';
import { Done } from './parts.tsx';

export const meta = titled('My copy');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { copies } = await read<{ copies: CopyAsked[] }>(context, '/api/mine/copies');
  return { copies, done: doneOf(request) };
}

export const action = ({ context }: ActionFunctionArgs) =>
  changeThenShow(context, '/api/mine/copies', {}, '/mine/copy?done=asked');

const stages = ['asked', 'checking', 'ready'] as const;

/** Asks for a copy of everything, and shows where it stands. */
export default function Copy() {
  const { copies, done } = useLoaderData<typeof loader>();
  const isOpen = copies.some(({ state }) => state !== 'ready');
  return (
    <>
      <h1 className="nhsuk-heading-l">A copy of all you hold about me</h1>
      {done === 'asked' && <Done words="Done. You will find your copy here when it is ready." />}
      <p className="nhsuk-lede-text">
        You may have a copy of all we hold about you. It is free. It takes a month at most.
      </p>
      <p>
        Before you get it, staff check it. Letters can also tell of somebody else. What is only about them is
        left out. You are told how much was left out, and why.
      </p>
      {copies.map(({ copyId, state, asked, due, ready }) => (
        <section className="sheet" key={copyId} aria-label={`Copy asked for on ${dateWords(asked)}`}>
          <ol className="steps">
            {stages.map((stage, at) => (
              <li
                key={stage}
                className={at <= stages.indexOf(state) ? 'steps__step steps__step--done' : 'steps__step'}
                aria-current={stage === state ? 'step' : undefined}
              >
                <span className="steps__name">{copyWords[stage]}</span>
                <span className="steps__on">
                  {stage === 'asked' && dateWords(asked)}
                  {stage === 'ready' && (ready === null ? `By ${dateWords(due)}` : dateWords(ready))}
                </span>
              </li>
            ))}
          </ol>
          {state === 'ready' && (
            <p>
              <a className="nhsuk-button" href={`/api/mine/copies/${copyId}/file`} download>
                Save my copy
              </a>
            </p>
          )}
        </section>
      ))}
      {!isOpen && (
        <form method="post">
          <button
            className={copies.length === 0 ? 'nhsuk-button' : 'nhsuk-button nhsuk-button--secondary'}
            type="submit"
          >
            Ask for {copies.length === 0 ? 'my copy' : 'a new copy'}
          </button>
        </form>
      )}
      <p>
        Keep it safe. Whoever has the file can read your record. If you think that something is missing, ask
        the privacy officer, or the{' '}
        <a href="https://ico.org.uk/make-a-complaint/">Information Commissioner</a>.
      </p>
    </>
  );
}
