import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { read, send, type Refusal } from '../../api/client.ts';
import type { Acting, People as Answer } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { classesWords, classWord, proxyWords, shownClasses, spanWords } from '../../words/mine.ts';
import { changeThenShow, doneOf, fieldOf } from './load.ts';
import { Done, Part } from './parts.tsx';

export const meta = titled('My people');

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { ...(await read<Answer>(context, '/api/mine/people')), done: doneOf(request) };
}

type Outcome = { code?: string; expires?: string; wrongCode?: string; nothingChosen?: boolean };

export async function action({ request, context }: ActionFunctionArgs): Promise<Outcome | Response> {
  const form = await request.formData();
  const act = fieldOf(form, 'act');
  if (act === 'end')
    return changeThenShow(
      context,
      '/api/mine/people/end',
      { proxy: fieldOf(form, 'proxy') },
      '/mine/people?done=ended',
    );
  if (act === 'cancel') {
    const path = `/api/mine/people/invitations/${encodeURIComponent(fieldOf(form, 'invitation'))}/end`;
    return changeThenShow(context, path, {}, '/mine/people?done=cancelled');
  }
  if (act === 'accept') {
    const answer = await send<Refusal & { personId?: string }>(
      context,
      '/api/mine/people/accept',
      { code: fieldOf(form, 'code') },
      [404],
    );
    return answer.personId === undefined
      ? { wrongCode: `${answer.title} ${answer.wayOut ?? ''}` }
      : redirect('/mine/people?done=accepted', 303);
  }
  const chosen = form.getAll('classes').filter((each) => typeof each === 'string');
  if (chosen.length === 0) return { nothingChosen: true };
  const classes = chosen.includes('all') ? 'all' : chosen;
  return send<Outcome>(context, '/api/mine/people/invitations', { classes });
}

const doneWords: Record<string, string> = {
  ended: 'Done. They can no longer see your record.',
  cancelled: 'Done. The code no longer works.',
  accepted: 'Done. You can now see what they let you see.',
};

/** Who acts for a person, for whom they act, and what that lets each of them see at which age. */
export default function People() {
  const { age, mayInvite, forMe, iActFor, invitations, done } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  return (
    <>
      <h1 className="nhsuk-heading-l">My people</h1>
      {done !== null && doneWords[done] !== undefined && <Done words={doneWords[done]} />}
      {outcome?.code !== undefined && (
        <div className="nhsuk-inset-text" role="status">
          <p>Give this code to the person. It works once, until {dateWords(outcome.expires)}.</p>
          <p className="code-to-hand-over">{outcome.code}</p>
          <p>We do not keep it. Write it down now.</p>
        </div>
      )}
      <Part id="for-me" title="Who can see my record">
        {forMe.length === 0 ? (
          <p className="nothing">Nobody acts for you.</p>
        ) : (
          <ul className="mine-list">
            {forMe.map((each) => (
              <li className="mine-item" key={`${each.proxy} ${each.kind}`}>
                <h3 className="nhsuk-heading-s">{each.name ?? 'Somebody'}</h3>
                <Limits acting={each} />
                {each.kind === 'consented' ? (
                  <form method="post">
                    <input type="hidden" name="proxy" value={each.proxy} />
                    <button className="nhsuk-button nhsuk-button--secondary" name="act" value="end">
                      Stop this<span className="nhsuk-u-visually-hidden">: {each.name ?? 'somebody'}</span>
                    </button>
                  </form>
                ) : (
                  <p>Ask your GP practice if this is wrong.</p>
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part id="invite" title="Let somebody see my record">
        {mayInvite ? (
          <form method="post">
            <p>You get a code. Give it to the person. They sign in as themselves and type it in.</p>
            <div
              className={
                outcome?.nothingChosen === true
                  ? 'nhsuk-form-group nhsuk-form-group--error'
                  : 'nhsuk-form-group'
              }
            >
              <fieldset className="nhsuk-fieldset">
                <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">
                  What they may see
                </legend>
                {outcome?.nothingChosen === true && (
                  <span className="nhsuk-error-message" role="alert">
                    Choose what they may see.
                  </span>
                )}
                <div className="nhsuk-checkboxes">
                  {['all', ...shownClasses].map((each) => (
                    <div className="nhsuk-checkboxes__item" key={each}>
                      <input
                        className="nhsuk-checkboxes__input"
                        type="checkbox"
                        id={`class-${each}`}
                        name="classes"
                        value={each}
                      />
                      <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={`class-${each}`}>
                        {each === 'all' ? 'All of it' : sentence(classWord(each))}
                      </label>
                    </div>
                  ))}
                </div>
              </fieldset>
            </div>
            <button className="nhsuk-button" name="act" value="invite">
              Get a code
            </button>
          </form>
        ) : (
          <p>
            {age === null ? 'We do not know how old you are.' : 'You can do this when you are 16.'} Your GP
            practice can help you.
          </p>
        )}
        {invitations.map(({ invitationId, classes, expires }) => (
          <form method="post" key={invitationId}>
            <input type="hidden" name="invitation" value={invitationId} />
            <p>
              A code waits to be used until {dateWords(expires)}. It shows {classesWords(classes)}.
            </p>
            <button className="nhsuk-button nhsuk-button--secondary" name="act" value="cancel">
              Take the code back
            </button>
          </form>
        ))}
      </Part>
      <Part id="i-act" title="Whose record I can see">
        {iActFor.length === 0 && <p className="nothing">You act for nobody.</p>}
        <ul className="mine-list">
          {iActFor.map((each) => (
            <li className="mine-item" key={each.personId}>
              <h3 className="nhsuk-heading-s">{each.name ?? 'Somebody whose record is closed to you now'}</h3>
              <Limits acting={each} />
              {each.isOpen && (
                <p>
                  <a href={`/mine/for/${each.personId}`}>Open the record of {each.name}</a>
                </p>
              )}
            </li>
          ))}
        </ul>
        <form method="post">
          <div
            className={
              outcome?.wrongCode === undefined
                ? 'nhsuk-form-group'
                : 'nhsuk-form-group nhsuk-form-group--error'
            }
          >
            <label className="nhsuk-label" htmlFor="code">
              Type in a code you were given
            </label>
            {outcome?.wrongCode !== undefined && (
              <span className="nhsuk-error-message" id="code-error" role="alert">
                {outcome.wrongCode}
              </span>
            )}
            <input
              className="nhsuk-input nhsuk-input--width-20"
              id="code"
              name="code"
              autoComplete="off"
              required
              aria-describedby={outcome?.wrongCode === undefined ? undefined : 'code-error'}
            />
          </div>
          <button className="nhsuk-button nhsuk-button--secondary" name="act" value="accept">
            Use the code
          </button>
        </form>
      </Part>
    </>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Limits({ acting }: { acting: Acting }) {
  const { kind, classes, since, until, spans } = acting;
  return (
    <>
      <p>
        {proxyWords[kind]}, since {dateWords(new Date(since).toISOString())}
        {until !== null && ` until ${dateWords(new Date(until).toISOString())}`}.
        {classes !== null && ` Only: ${classesWords(classes)}.`}
      </p>
      {spans.length > 1 && (
        <details className="nhsuk-details">
          <summary className="nhsuk-details__summary">
            <span className="nhsuk-details__summary-text">What they may see at which age</span>
          </summary>
          <ul className="nhsuk-details__text">
            {spans.map((span) => (
              <li key={`${span.fromAge} ${span.only}`}>
                {spanWords(span)} {span.isNow && <strong>This is now.</strong>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
