import type { ReactNode } from 'react';
import type { PlainAppointment, PlainItem, PlainReferral } from '../../api/mine.ts';
import { dateTimeWords, dateWords } from '../../words/dates.ts';
import { stageWords, stoppedWords } from '../../words/mine.ts';

/** One white sheet with a heading. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="sheet" aria-labelledby={id}>
      <h2 id={id} className="nhsuk-heading-m">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Things of the record, one under another, each with what it means, where it came from and what can be done. */
export function Items({
  items,
  none = 'Nothing is written down.',
  mine = true,
}: {
  items: PlainItem[];
  none?: string;
  mine?: boolean;
}) {
  if (items.length === 0) return <p className="nothing">{none}</p>;
  return (
    <ul className="mine-list">
      {items.map((item) => (
        <Item key={`${item.title} ${item.of[0]?.id}`} item={item} mine={mine} />
      ))}
    </ul>
  );
}

export function Item({
  item,
  mine = true,
  heading = 3,
  children,
}: {
  item: PlainItem;
  /** True where it is the reader's own: then they can ask to put it right, or hide it. */
  mine?: boolean;
  heading?: 2 | 3;
  children?: ReactNode;
}) {
  const Heading = heading === 2 ? 'h2' : 'h3';
  return (
    <li className="mine-item">
      <Heading className="nhsuk-heading-s">{item.title}</Heading>
      {children}
      {item.means !== null && <p className="mine-item__means">{item.means}</p>}
      {item.says.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p className="aside">
        {item.when !== null && `${dateWords(item.when)}. `}
        {item.from.length > 0 && `From ${item.from.join(', ')}.`}
      </p>
      {mine && item.of[0] !== undefined && <Ways item={item} of={item.of[0]} />}
    </li>
  );
}

/** What somebody can do about an entry of their own. No title stands in the address: titles are found again by the entry. */
function Ways({ item, of }: { item: PlainItem; of: { type: string; id: string } }) {
  const query = new URLSearchParams(of).toString();
  return (
    <p className="mine-item__ways">
      <a href={`/mine/corrections/new?${query}`}>
        This is wrong<span className="nhsuk-u-visually-hidden">: {item.title}</span>
      </a>
      <a href={`/mine/choices/hide?${query}`}>
        Hide this<span className="nhsuk-u-visually-hidden">: {item.title}</span>
      </a>
    </p>
  );
}

/** Where a referral stands: each step with a mark and a word. */
export function Steps({ referral }: { referral: PlainReferral }) {
  const current = referral.stages.findLastIndex(({ reached }) => reached);
  return (
    <>
      {referral.to !== null && <p>To {referral.to}.</p>}
      <ol className="steps" aria-label="Where it stands">
        {referral.stages.map(({ name, reached, on }, at) => (
          <li
            key={name}
            className={reached ? 'steps__step steps__step--done' : 'steps__step'}
            aria-current={at === current ? 'step' : undefined}
          >
            <span className="steps__name">{stageWords[name]}</span>
            <span className="steps__on">{reached ? (on === null ? 'Yes' : dateWords(on)) : 'Not yet'}</span>
          </li>
        ))}
      </ol>
      {referral.stopped !== null && <p>{stoppedWords[referral.stopped]}</p>}
      {referral.clock !== null && (
        <p>
          <strong>{waitWords(referral.clock.weeks)}</strong> {referral.clock.rule}
          {referral.clock.isLate && ' It is later than that. Ask who sent you what they can do.'}
        </p>
      )}
    </>
  );
}

const waitWords = (weeks: number): string =>
  weeks === 0
    ? 'You have waited less than a week.'
    : `You have waited ${weeks === 1 ? '1 week' : `${weeks} weeks`}.`;

export function When({ appointment }: { appointment: PlainAppointment }) {
  const { at, minutes, state } = appointment;
  return (
    <p>
      <strong>{at === null ? 'No date yet' : dateTimeWords(at)}</strong>
      {minutes !== null && `, ${minutes} minutes`}. {state}.
    </p>
  );
}

/** Says what was done, after a form was sent. */
export function Done({ words }: { words: string }) {
  return (
    <div className="nhsuk-inset-text" role="status">
      <p>{words}</p>
    </div>
  );
}
