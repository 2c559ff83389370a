import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { WishKind, Wishes } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { changeThenShow, doneOf, fieldOf } from './load.ts';
import { Done, Part } from './parts.tsx';

export const meta = titled('Help I need');

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { ...(await read<Wishes>(context, '/api/mine/wishes')), done: doneOf(request) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const ends = fieldOf(form, 'end');
  if (ends !== '')
    return changeThenShow(
      context,
      `/api/mine/wishes/${encodeURIComponent(ends)}/end`,
      {},
      '/mine/help?done=ended',
    );
  const [kind, code, detail] = ['kind', 'code', 'detail'].map((name) => fieldOf(form, name));
  return changeThenShow(context, '/api/mine/wishes', { kind, code, detail }, '/mine/help?done=added');
}

const parts: { kind: WishKind; title: string; label: string; hint: string; detail: boolean }[] = [
  {
    kind: 'adjustment',
    title: 'At appointments',
    label: 'What helps you',
    hint: 'Staff see this when they open your record.',
    detail: true,
  },
  { kind: 'contact', title: 'How to reach me', label: 'What is best for you', hint: '', detail: true },
  { kind: 'language', title: 'My language', label: 'The language you speak best', hint: '', detail: false },
  { kind: 'interpreter', title: 'An interpreter', label: 'Do you need one?', hint: '', detail: true },
];

/** What a person needs to be reached and helped, seen by staff from the moment it is said. */
export default function Help() {
  const { wishes, catalogue, languages, done } = useLoaderData<typeof loader>();
  const now = wishes.filter(({ ended }) => ended === null);
  const past = wishes.filter(({ ended }) => ended !== null);
  const wordsOf = ({ kind, code }: { kind: WishKind; code: string }): string =>
    kind === 'language'
      ? `I speak ${languages.find(([each]) => each === code)?.[1] ?? code}`
      : (catalogue.find((each) => each.kind === kind && each.code === code)?.words ?? code);
  const choicesOf = (kind: WishKind): [string, string][] =>
    kind === 'language'
      ? languages
      : catalogue.filter((each) => each.kind === kind).map(({ code, words }) => [code, words]);
  return (
    <>
      <h1 className="nhsuk-heading-l">Help I need</h1>
      {done === 'added' && <Done words="Done. Staff see it from now on." />}
      {done === 'ended' && <Done words="Done. Staff no longer see it as something you need." />}
      <p className="nhsuk-lede-text">
        {now.length === 0
          ? 'You have not told us anything yet. All who look after you will see what you say here.'
          : 'All who look after you see this.'}
      </p>
      {parts.map(({ kind, title, label, hint, detail }) => (
        <Part key={kind} id={kind} title={title}>
          <ul className="mine-list">
            {now
              .filter((wish) => wish.kind === kind)
              .map((wish) => (
                <li className="mine-item" key={wish.wishId}>
                  <form method="post">
                    <p>
                      <strong>{wordsOf(wish)}</strong>
                      {wish.detail !== null && `: ${wish.detail}`}
                    </p>
                    <p className="aside">Since {dateWords(wish.said)}.</p>
                    <button className="nhsuk-button nhsuk-button--secondary" name="end" value={wish.wishId}>
                      I do not need this now
                      <span className="nhsuk-u-visually-hidden">: {wordsOf(wish)}</span>
                    </button>
                  </form>
                </li>
              ))}
          </ul>
          <form method="post">
            <input type="hidden" name="kind" value={kind} />
            <div className="nhsuk-form-group">
              <label className="nhsuk-label" htmlFor={`${kind}-code`}>
                {label}
              </label>
              {hint !== '' && <div className="nhsuk-hint">{hint}</div>}
              <select className="nhsuk-select" id={`${kind}-code`} name="code" required defaultValue="">
                <option value="">Choose one</option>
                {choicesOf(kind).map(([code, words]) => (
                  <option key={code} value={code}>
                    {words}
                  </option>
                ))}
              </select>
            </div>
            {detail && (
              <div className="nhsuk-form-group">
                <label className="nhsuk-label" htmlFor={`${kind}-detail`}>
                  In your own words (if you wish)
                </label>
                <input className="nhsuk-input" id={`${kind}-detail`} name="detail" maxLength={300} />
              </div>
            )}
            <button className="nhsuk-button nhsuk-button--secondary" type="submit">
              Add<span className="nhsuk-u-visually-hidden">: {title}</span>
            </button>
          </form>
        </Part>
      ))}
      <Part id="past" title="What you said before">
        {past.length === 0 ? (
          <p className="nothing">Nothing yet.</p>
        ) : (
          <ul>
            {past.map((wish) => (
              <li key={wish.wishId}>
                {wordsOf(wish)}, from {dateWords(wish.said)} to {dateWords(wish.ended ?? undefined)}
              </li>
            ))}
          </ul>
        )}
      </Part>
    </>
  );
}
