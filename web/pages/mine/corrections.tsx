import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Correction } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { correctionWords } from '../../words/mine.ts';
import { doneOf } from './load.ts';
import { Done } from './parts.tsx';

export const meta = titled('Put my record right');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { corrections } = await read<{ corrections: Correction[] }>(context, '/api/mine/corrections');
  return { corrections, done: doneOf(request) };
}

/** What somebody asked to be put right, and what came of it. */
export default function Corrections() {
  const { corrections, done } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">Put my record right</h1>
      {done === 'asked' && <Done words="We sent it to who wrote it. You will see the answer here." />}
      <p className="nhsuk-lede-text">
        Is something wrong? Find it in <a href="/mine">your record</a> and choose “This is wrong”.
      </p>
      <ul className="mine-list">
        {corrections.map((each) => (
          <li className="mine-item" key={each.correctionId}>
            <h2 className="nhsuk-heading-s">{each.title}</h2>
            <p>
              <strong className="nhsuk-tag">{correctionWords[each.state]}</strong>
            </p>
            <p>What you said is wrong: {each.wrong}</p>
            <p>What you said it should say: {each.should}</p>
            <p className="aside">
              Asked on {dateWords(each.asked)}
              {each.holder === null ? '' : `, from ${each.holder}`}.
            </p>
            {each.answer === null ? (
              <p>You will hear by {dateWords(each.due)}.</p>
            ) : (
              <p>The answer: {each.answer}</p>
            )}
            {each.state === 'not-changed' && (
              <p>
                You may ask for your words to be put beside it. You may also ask the Information Commissioner:{' '}
                <a href="https://ico.org.uk/make-a-complaint/">ico.org.uk</a>.
              </p>
            )}
          </li>
        ))}
      </ul>
      {corrections.length === 0 && (
        <p className="nothing">You have not asked for anything to be put right.</p>
      )}
    </>
  );
}
