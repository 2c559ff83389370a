import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read } from '../../api/client.ts';
import type { PrivacyQuestion } from '../../api/privacy.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { stateWords } from '../../words/privacy.ts';
import { PrivacyNav } from './parts.tsx';

export const meta = titled('Questions people asked');

export const loader = ({ context }: LoaderFunctionArgs) =>
  read<{ questions: PrivacyQuestion[] }>(context, '/api/questions');

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  await change(context, 'POST', `/api/questions/${encodeURIComponent(text('question'))}/answer`, {
    finding: text('finding'),
    answer: text('answer'),
  });
  return redirect('/privacy/questions', 303);
}

/** What people asked about who looked at their record, the one due first before others. */
export default function Questions() {
  const { questions } = useLoaderData<typeof loader>();
  const waiting = questions.filter(({ state }) => state === 'asked').length;
  return (
    <Page>
      <PrivacyNav />
      <h1 className="nhsuk-heading-l">Questions people asked</h1>
      <p>
        {waiting === 0
          ? 'None waits for an answer.'
          : `${countWords(waiting, 'question waits', 'questions wait')} for an answer.`}
      </p>
      {questions.map((each) => (
        <Sheet key={each.questionId}>
          <h2 className="nhsuk-heading-s">
            Asked on {dateWords(each.asked)}, answer due by {dateWords(each.due)}
          </h2>
          <p>
            <strong className={`nhsuk-tag nhsuk-tag--${each.state === 'asked' ? 'red' : 'grey'}`}>
              {each.state === 'asked' ? 'Waits' : stateWords[each.state]}
            </strong>{' '}
            <a href={`/privacy?person=${each.personId}`}>What the log says of this person</a>
          </p>
          <p className="privacy-said">{each.says}</p>
          {each.answer === null ? <Answer id={each.questionId} /> : <p>The answer: {each.answer}</p>}
        </Sheet>
      ))}
    </Page>
  );
}

function Answer({ id }: { id: string }) {
  return (
    <form method="post" action="/privacy/questions">
      <input type="hidden" name="question" value={id} />
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor={`answer-${id}`}>
          Your answer, in plain words
        </label>
        <textarea
          className="nhsuk-textarea"
          id={`answer-${id}`}
          name="answer"
          rows={3}
          maxLength={2000}
          required
        />
      </div>
      <button className="nhsuk-button" name="finding" value="explained" type="submit">
        It was right: send the answer
      </button>{' '}
      <button className="nhsuk-button nhsuk-button--secondary" name="finding" value="upheld" type="submit">
        It was wrong: send the answer
      </button>
    </form>
  );
}
