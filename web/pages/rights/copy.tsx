import { useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { CopyAsked, ToCheck } from '../../api/mine.ts';
import { Page, titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { typeWords } from '../../words/record.ts';
import { changeThenShow, fieldOf } from '../mine/load.ts';

export const meta = titled('Check a copy');

const addressOf = (copyId: string | undefined): string => `/api/copies/${encodeURIComponent(copyId ?? '')}`;

export const loader = async ({ params, context }: LoaderFunctionArgs) =>
  read<{ copy: CopyAsked; entries: ToCheck[] }>(context, addressOf(params['copyId']));

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const address = addressOf(params['copyId']);
  if (fieldOf(form, 'act') === 'release')
    return changeThenShow(context, `${address}/release`, {}, '/rights/copies');
  const [type, id, reason] = ['type', 'id', 'reason'].map((name) => fieldOf(form, name));
  return changeThenShow(
    context,
    `${address}/checks`,
    {
      type,
      id,
      version: Number(fieldOf(form, 'version')),
      gives: fieldOf(form, 'act') === 'give',
      ...(reason === '' ? {} : { reason }),
    },
    `/rights/copies/${params['copyId']}`,
  );
}

/** The check list of one copy: each entry that may tell of somebody else, what it says, and what was decided. */
export default function Copy() {
  const { copy, entries } = useLoaderData<typeof loader>();
  const open = entries.filter(({ check }) => check === null);
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href="/rights/copies">Copies people asked for</a>
      </p>
      <h1 className="nhsuk-heading-l">Check a copy</h1>
      <p className="nhsuk-lede-text">
        {open.length === 0
          ? 'All is decided.'
          : `${countWords(open.length, 'entry is', 'entries are')} not decided yet.`}{' '}
        It is due by {dateWords(copy.due)}.
      </p>
      <p>
        Leave out what tells of somebody else who did not agree, unless it is fair to give it. Staff who gave
        care are not “somebody else”. Leave out what would do serious harm; a health professional decides
        that.
      </p>
      {[...open, ...entries.filter(({ check }) => check !== null)].map((entry) => (
        <Entry key={`${entry.type} ${entry.id} ${entry.version}`} entry={entry} />
      ))}
      {open.length === 0 && copy.state !== 'ready' && (
        <form method="post">
          <button className="nhsuk-button" name="act" value="release">
            Let it go to the person
          </button>
        </form>
      )}
    </Page>
  );
}

function Entry({ entry }: { entry: ToCheck }) {
  const { type, id, version, isEarlier, labels, lines, check } = entry;
  const name = `${typeWords(type)}, number ${id.slice(-6)}`;
  const reason = `reason-${type}-${id}-${version}`;
  return (
    <section className="sheet" aria-label={`${name}, version ${version}`}>
      <h2 className="nhsuk-heading-s place">
        {name}
        {isEarlier && `, version ${version}, as it was before`}
      </h2>
      {check !== null && (
        <p>
          <strong className={check.gives ? 'nhsuk-tag nhsuk-tag--green' : 'nhsuk-tag nhsuk-tag--grey'}>
            {check.gives ? 'Given' : 'Left out'}
          </strong>{' '}
          {check.reason}
        </p>
      )}
      {labels.length > 0 && <p>Marked: {labels.join(', ')}.</p>}
      {lines === null ? (
        <p>You may not read this entry. Ask a clinician of the organisation that wrote it to decide.</p>
      ) : (
        <>
          <details className="nhsuk-details">
            <summary className="nhsuk-details__summary">
              <span className="nhsuk-details__summary-text">What it says</span>
            </summary>
            <dl className="nhsuk-details__text">
              {lines.map(([key, value], at) => (
                <div key={`${at} ${key}`}>
                  <dt className="aside">{key}</dt>
                  <dd className="place">{value}</dd>
                </div>
              ))}
            </dl>
          </details>
          <form method="post">
            <input type="hidden" name="type" value={type} />
            <input type="hidden" name="id" value={id} />
            <input type="hidden" name="version" value={version} />
            <div className="nhsuk-form-group">
              <label className="nhsuk-label" htmlFor={reason}>
                Why it is left out (the person is told)
              </label>
              <input className="nhsuk-input" id={reason} name="reason" maxLength={500} />
            </div>
            <button className="nhsuk-button" name="act" value="give">
              Give it<span className="nhsuk-u-visually-hidden">: {name}</span>
            </button>{' '}
            <button className="nhsuk-button nhsuk-button--secondary" name="act" value="leave-out">
              Leave it out<span className="nhsuk-u-visually-hidden">: {name}</span>
            </button>
          </form>
        </>
      )}
    </section>
  );
}
