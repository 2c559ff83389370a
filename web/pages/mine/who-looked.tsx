import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Look, WhoLooked as Answer } from '../../api/mine.ts';
import { CountBars } from '../../charts/count-bars.tsx';
import { titled } from '../../components/page.tsx';
import { dateTimeWords, dateWords } from '../../words/dates.ts';
import { questionWords } from '../../words/mine.ts';
import { countWords } from '../../words/numbers.ts';
import { doneOf } from './load.ts';
import { Done, Part } from './parts.tsx';

export const meta = titled('Who looked at my record');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const before = new URL(request.url).searchParams.get('before');
  const query = before === null ? '' : `&before=${encodeURIComponent(before)}`;
  const list = await read<Answer>(context, `/api/mine/who-looked?count=60${query}`);
  return { list, done: doneOf(request), isFirst: before === null };
}

/** Who looked and why: the whole list in a few numbers, then each look by day and service, then how to check that none is missing. */
export default function WhoLooked() {
  const { list, done, isFirst } = useLoaderData<typeof loader>();
  const { headline } = list;
  return (
    <>
      <h1 className="nhsuk-heading-l">Who looked at my record</h1>
      {done === 'asked' && (
        <Done words="We sent your question to the privacy officer. You will see the answer here." />
      )}
      {isFirst && <p className="nhsuk-lede-text">{headlineWords(headline)}</p>}
      {isFirst && headline.total > 0 && (
        <Part id="who" title="Who, and how often">
          <CountBars
            label="How often each service looked"
            counts={headline.byOrganisation.map(({ name, count }) => ({ name, count, tone: 1 }))}
          />
          <h3 className="nhsuk-heading-s">Why</h3>
          <CountBars
            label="Why they looked"
            counts={headline.byReason.map(({ words, count }) => ({ name: inShort(words), count, tone: 1 }))}
          />
        </Part>
      )}
      {list.astray.map(({ from, to }) => (
        <div className="nhsuk-inset-text" key={from}>
          <p>
            From {dateWords(from)} to {dateWords(to)}, part of your record stood with somebody else by
            mistake. Who looked then is not in this list. Ask the privacy officer about it.
          </p>
        </div>
      ))}
      {list.days.map(({ day, organisations }) => (
        <Part key={day} id={`day-${day}`} title={dateWords(day)}>
          {organisations.map(({ name, looks }) => (
            <div key={name}>
              {looks.some(({ who }) => who !== name) && <h3 className="nhsuk-heading-s">{name}</h3>}
              <ul className="looks">
                {looks.map((look) => (
                  <OneLook key={look.eventId} look={look} asked={askedAbout(list, look)} />
                ))}
              </ul>
            </div>
          ))}
        </Part>
      ))}
      {list.next !== null && (
        <p>
          <a href={`/mine/who-looked?before=${list.next}`}>Show what was before</a>
        </p>
      )}
      <Part id="proof" title="Is this all of it?">
        <p>
          {list.upTo === null
            ? 'Nothing is on the list yet.'
            : `This list is whole up to ${dateTimeWords(list.upTo)}. Nobody can take a look off it, not even us. You can check that.`}
        </p>
        <ol>
          <li>
            {list.lists.map((id, at) => (
              <span key={id}>
                {at > 0 && ' and '}
                <a href={`/api/mine/who-looked/proof/${id}`}>
                  Save {list.lists.length === 1 ? 'the list' : `list ${at + 1}`}
                </a>
              </span>
            ))}
            .
          </li>
          <li>
            <a href="/api/mine/who-looked/check">Save the page that checks it</a>. It works on your own
            device. It needs no internet.
          </li>
          <li>Open that page. Choose the list you saved. It says if one is missing.</li>
        </ol>
        <p>
          <a href="/mine/questions">Your questions to the privacy officer</a>
        </p>
      </Part>
    </>
  );
}

const askedAbout = ({ asked }: Answer, { eventId }: Look) => asked.find((each) => each.eventId === eventId);

function OneLook({ look, asked }: { look: Look; asked: Answer['asked'][number] | undefined }) {
  const isAlert = look.isEmergency || look.outcome !== 'permitted';
  return (
    <li className={isAlert ? 'looks__look looks__look--alert' : 'looks__look'}>
      <p>
        <strong>{look.who}</strong>
        {look.role !== null && `, ${look.role}`}
        {look.isEmergency && (
          <>
            {' '}
            <strong className="nhsuk-tag nhsuk-tag--red">Emergency</strong>
          </>
        )}
        {look.outcome === 'refused' && (
          <>
            {' '}
            <strong className="nhsuk-tag nhsuk-tag--grey">Was refused</strong>
          </>
        )}
      </p>
      <p>{look.what.map((each) => `${sentence(each)}.`).join(' ')}</p>
      <p>{look.why}</p>
      <p className="aside">{timeWords(look)}</p>
      {look.who !== 'You' &&
        (asked === undefined ? (
          <p>
            <a href={`/mine/questions/new?about=${look.eventId}`}>
              This looks wrong<span className="nhsuk-u-visually-hidden">: {look.who}</span>
            </a>
          </p>
        ) : (
          <p>{questionWords[asked.state]}</p>
        ))}
    </li>
  );
}

/** Only the reason: what it entails stands with each look. */
const inShort = (reason: string): string => reason.split('. ', 1)[0] ?? reason;

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: 'Europe/London',
});
const timeOf = (at: string): string => clock.format(new Date(at)).replace(/\s/, '').toLowerCase();

function timeWords({ times, first, last }: Look): string {
  const [from, to] = [timeOf(first), timeOf(last)];
  const when = from === to ? `At ${to}` : `From ${from} to ${to}`;
  return times === 1 ? `${when}.` : `${when}, ${times} times.`;
}

function headlineWords({
  total,
  since,
  byOrganisation,
  emergencies,
  refused,
  yours,
}: Answer['headline']): string {
  const own = yours === 0 ? '' : ` You looked ${countWords(yours, 'time')} yourself.`;
  if (total === 0) return `Nobody else has looked at your record.${own}`;
  const emergency =
    emergencies === 0
      ? ' None was an emergency.'
      : ` ${countWords(emergencies, 'time')} it was an emergency.`;
  const no = refused === 0 ? '' : ` ${countWords(refused, 'time')} somebody was refused.`;
  return `${countWords(byOrganisation.length, 'service')} looked ${countWords(total, 'time')} since ${dateWords(
    since ?? undefined,
  )}.${emergency}${no}${own}`;
}
