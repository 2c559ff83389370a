import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Question } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { questionWords } from '../../words/mine.ts';

export const meta = titled('My questions');

export const loader = async ({ context }: LoaderFunctionArgs) =>
  read<{ questions: Question[] }>(context, '/api/mine/questions');

/** What somebody asked the privacy officer, and the answers. */
export default function Questions() {
  const { questions } = useLoaderData<typeof loader>();
  return (
    <>
      <p className="nhsuk-body-s">
        <a href="/mine/who-looked">Who looked at my record</a>
      </p>
      <h1 className="nhsuk-heading-l">My questions</h1>
      {questions.length === 0 && <p>You have not asked anything.</p>}
      <ul className="mine-list">
        {questions.map(({ questionId, says, state, asked, due, answer }) => (
          <li className="mine-item" key={questionId}>
            <h2 className="nhsuk-heading-s">{questionWords[state]}</h2>
            <p>
              You asked on {dateWords(asked)}: {says}
            </p>
            {answer === null ? <p>You will hear by {dateWords(due)}.</p> : <p>The answer: {answer}</p>}
          </li>
        ))}
      </ul>
      <p>
        <a href="/mine/questions/new">Ask something else</a>
      </p>
    </>
  );
}
