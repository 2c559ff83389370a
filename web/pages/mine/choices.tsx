import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { ChoiceKind, Choices as Answer } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { dateTimeWords, dateWords } from '../../words/dates.ts';
import { choiceWords } from '../../words/mine.ts';
import { changeThenShow, doneOf, fieldOf, entryIn, readMine } from './load.ts';
import { Done, Part } from './parts.tsx';

export const meta = titled('My choices');

const kinds = [
  'objects-to-sharing',
  'objects-even-in-emergency',
  'blocks-organisation',
  'national-data-opt-out',
  'type-1-opt-out',
] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [answer, record] = await Promise.all([read<Answer>(context, '/api/mine/choices'), readMine(context)]);
  const seals = answer.seals.map((seal) => ({
    ...seal,
    title: entryIn(record, seal.type, seal.id)?.title ?? 'An entry',
  }));
  return { ...answer, seals, done: doneOf(request) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const [act, type] = [fieldOf(form, 'act'), fieldOf(form, 'type')];
  if (act === 'open-seal')
    return changeThenShow(
      context,
      '/api/mine/seals/end',
      { type, id: fieldOf(form, 'id') },
      '/mine/choices?done=opened',
    );
  const organisation = fieldOf(form, 'organisation');
  return changeThenShow(
    context,
    act === 'say' ? '/api/mine/choices' : '/api/mine/choices/end',
    { kind: fieldOf(form, 'kind'), ...(organisation === '' ? {} : { organisation }) },
    `/mine/choices?done=${act === 'say' ? 'said' : 'took-back'}`,
  );
}

const doneWords: Record<string, string> = {
  said: 'Done. It counts from now on.',
  'took-back': 'Done. You took it back. It counts from now on.',
  opened: 'Done. It is no longer hidden.',
  hidden: 'Done. It is hidden from now on.',
};

/** Each choice with what it does and what it does not do, and what was chosen before. */
export default function Choices() {
  const found = useLoaderData<typeof loader>();
  const { choices, seals, names, history, done } = found;
  return (
    <>
      <h1 className="nhsuk-heading-l">My choices</h1>
      {done !== null && doneWords[done] !== undefined && <Done words={doneWords[done]} />}
      <p className="nhsuk-lede-text">
        {choices.length + seals.length === 0
          ? 'You have made no choice. Staff who look after you can see your record.'
          : 'These choices count now. You can take each one back.'}
      </p>
      {kinds.map((kind) => (
        <Part key={kind} id={kind} title={choiceWords[kind].title}>
          <Explained kind={kind} />
          {kind === 'blocks-organisation' ? <Blocks answer={found} /> : <Switch kind={kind} answer={found} />}
        </Part>
      ))}
      <Part id="hidden" title="Things you hid">
        {seals.length === 0 ? (
          <p>
            You hid nothing. Find it in <a href="/mine">your record</a> and choose “Hide this”.
          </p>
        ) : (
          <ul className="mine-list">
            {seals.map(({ type, id, title, organisation, since, mine }) => (
              <li className="mine-item" key={`${type} ${id}`}>
                <h3 className="nhsuk-heading-s">{title}</h3>
                <p>
                  Hidden from all but {names[organisation] ?? 'who wrote it'} since{' '}
                  {dateWords(new Date(since).toISOString())}.
                </p>
                {mine ? (
                  <form method="post">
                    <input type="hidden" name="type" value={type} />
                    <input type="hidden" name="id" value={id} />
                    <button className="nhsuk-button nhsuk-button--secondary" name="act" value="open-seal">
                      Show it again<span className="nhsuk-u-visually-hidden">: {title}</span>
                    </button>
                  </form>
                ) : (
                  <p>Staff hid this. Ask them about it.</p>
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part id="history" title="What you chose before">
        {history.length === 0 ? (
          <p className="nothing">Nothing yet.</p>
        ) : (
          <ul>
            {history.map(({ kind, organisation, at, act }) => (
              <li key={`${kind} ${organisation} ${at} ${act}`}>
                {dateTimeWords(new Date(at).toISOString())}: {act === 'said' ? 'you chose' : 'you took back'}{' '}
                “{choiceWords[kind]?.title ?? kind}”
                {organisation === null ? '' : ` for ${names[organisation] ?? 'a service'}`}.
              </li>
            ))}
          </ul>
        )}
      </Part>
    </>
  );
}

function Explained({ kind }: { kind: ChoiceKind }) {
  const { does, doesNot } = choiceWords[kind];
  return (
    <div className="choice-pair">
      {[
        { title: 'What it does', lines: does },
        { title: 'What it does not do', lines: doesNot },
      ].map(({ title, lines }) => (
        <div key={title}>
          <h3 className="nhsuk-heading-s">{title}</h3>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Switch({ kind, answer }: { kind: ChoiceKind; answer: Pick<Answer, 'choices'> }) {
  const chosen = answer.choices.find((each) => each.kind === kind);
  const words = choiceWords[kind];
  return (
    <form method="post">
      <input type="hidden" name="kind" value={kind} />
      <p>
        <strong className={chosen === undefined ? 'nhsuk-tag nhsuk-tag--grey' : 'nhsuk-tag'}>
          {chosen === undefined ? 'Not chosen' : 'Chosen'}
        </strong>
        {chosen !== undefined && ` since ${dateWords(new Date(chosen.since).toISOString())}`}
      </p>
      <button
        className="nhsuk-button nhsuk-button--secondary"
        name="act"
        value={chosen === undefined ? 'say' : 'take-back'}
      >
        {chosen === undefined ? words.yes : words.no}
      </button>
    </form>
  );
}

function Blocks({ answer }: { answer: Pick<Answer, 'choices' | 'names' | 'known'> }) {
  const blocks = answer.choices.filter(({ kind }) => kind === 'blocks-organisation');
  const open = answer.known.filter(({ id }) => !blocks.some(({ organisation }) => organisation === id));
  return (
    <>
      {blocks.map(({ organisation, since }) => (
        <form method="post" key={organisation}>
          <input type="hidden" name="kind" value="blocks-organisation" />
          <input type="hidden" name="organisation" value={organisation ?? ''} />
          <p>
            <strong className="nhsuk-tag">Kept out</strong> {answer.names[organisation ?? '']} since{' '}
            {dateWords(new Date(since).toISOString())}
          </p>
          <button className="nhsuk-button nhsuk-button--secondary" name="act" value="take-back">
            Let it see again
            <span className="nhsuk-u-visually-hidden">: {answer.names[organisation ?? '']}</span>
          </button>
        </form>
      ))}
      {open.length > 0 && (
        <form method="post">
          <input type="hidden" name="kind" value="blocks-organisation" />
          <div className="nhsuk-form-group">
            <label className="nhsuk-label" htmlFor="organisation">
              Which service
            </label>
            <select className="nhsuk-select" id="organisation" name="organisation" required defaultValue="">
              <option value="">Choose one</option>
              {open.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <button className="nhsuk-button nhsuk-button--secondary" name="act" value="say">
            Keep it out
          </button>
        </form>
      )}
    </>
  );
}
