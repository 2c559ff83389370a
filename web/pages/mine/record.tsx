import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { nhsNumberWords } from '../../words/numbers.ts';
import { readMine, readNotices } from './load.ts';
import { Notices } from './notices.tsx';
import { Item, Part, Steps, When } from './parts.tsx';

export const meta = titled('My record');

export async function loader({ context }: LoaderFunctionArgs) {
  const [record, notices] = await Promise.all([readMine(context), readNotices(context)]);
  const { name, born, nhsNumbers, address, phone, contacts, sources } = record;
  return {
    notices,
    details: { name, born, nhsNumbers, address, phone },
    contacts,
    sources,
    next: record.appointments
      .filter(({ isComing }) => isComing)
      .slice(-3)
      .toReversed(),
    open: record.referrals.filter(
      ({ stopped, stages }) => stopped === null && stages.at(-1)?.reached !== true,
    ),
    counts: [
      {
        to: '/mine/health',
        n: record.conditions.now.length,
        one: 'thing about your health',
        many: 'things about your health',
      },
      { to: '/mine/health', n: record.medicines.now.length, one: 'medicine now', many: 'medicines now' },
      { to: '/mine/tests', n: record.tests.length, one: 'test', many: 'tests' },
      { to: '/mine/letters', n: record.documents.length, one: 'letter', many: 'letters' },
    ],
  };
}

/** What comes next for a person, first; then who they are and who looks after them. */
export default function Record() {
  const { notices, details, contacts, sources, next, open, counts } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">Hello {details.name}</h1>
      <p className="nhsuk-lede-text">
        {next[0] === undefined
          ? 'You have no appointment coming up that we know of.'
          : `Your next appointment is ${next[0].at === null ? 'not set yet' : `on ${dateWords(next[0].at)}`}.`}
      </p>
      <Notices notices={notices} />
      <ul className="mine-tiles" aria-label="What is in your record">
        {counts.map(({ to, n, one, many }) => (
          <li key={many} className="tile">
            <span className="tile__number">{n}</span>
            <a href={to}>{n === 1 ? one : many}</a>
          </li>
        ))}
      </ul>
      {next.length > 0 && (
        <Part id="next" title="Coming up">
          <ul className="mine-list">
            {next.map((each) => (
              <Item key={each.of[0]?.id} item={{ ...each, when: null }}>
                <When appointment={each} />
              </Item>
            ))}
          </ul>
        </Part>
      )}
      {open.length > 0 && (
        <Part id="referrals" title="Where you were sent">
          <ul className="mine-list">
            {open.map((each) => (
              <Item key={each.of[0]?.id} item={{ ...each, when: null }}>
                <Steps referral={each} />
              </Item>
            ))}
          </ul>
        </Part>
      )}
      <Part id="team" title="Who looks after you">
        {contacts.length === 0 ? (
          <p className="nothing">Nobody told us who looks after you.</p>
        ) : (
          <dl className="nhsuk-summary-list">
            {contacts.map(({ name, role, organisation, phone }) => (
              <div className="nhsuk-summary-list__row" key={`${name} ${role}`}>
                <dt className="nhsuk-summary-list__key">{name}</dt>
                <dd className="nhsuk-summary-list__value">
                  {[role, organisation].filter((each) => each !== null).join(', ')}
                  {phone !== null && (
                    <span className="aside">
                      Phone <a href={`tel:${phone.replaceAll(/\s/g, '')}`}>{phone}</a>
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Part>
      <Part id="details" title="Your details">
        <dl className="nhsuk-summary-list">
          {(
            [
              ['Name', details.name],
              ['Born', dateWords(details.born ?? undefined)],
              ['NHS number', details.nhsNumbers.map(nhsNumberWords).join(' or ')],
              ['Address', details.address ?? 'Not shown'],
              ['Phone', details.phone ?? 'Not known'],
            ] as const
          ).map(([name, value]) => (
            <div className="nhsuk-summary-list__row" key={name}>
              <dt className="nhsuk-summary-list__key">{name}</dt>
              <dd className="nhsuk-summary-list__value">{value === '' ? 'Not known' : value}</dd>
            </div>
          ))}
        </dl>
        <p>Is this wrong? Tell your GP practice. They can change it for all of the NHS.</p>
      </Part>
      <p className="aside">
        {sources.length === 0
          ? 'Nobody has sent us anything about you.'
          : `What you see here was written by ${sources.join(', ')}.`}{' '}
        We wrote the words in grey that say what a thing is. Your doctor did not write them.
      </p>
    </>
  );
}
