import type { Entry, Group, List } from '../api/record.ts';
import { shortDate, yearOf } from '../words/dates.ts';
import { countWords, numberWords } from '../words/numbers.ts';
import { NothingRecorded } from './section.tsx';
import { Disputes, Sources } from './sources.tsx';
import { Table, type Column } from './table.tsx';

/** Heading of the date column, and what the date of one entry is. */
type Since = { heading: string; of: (entry: Entry) => string };

/** Things that a person has, or had, with each of their times. */
export function GroupTable({
  caption,
  groups,
  personId,
  extra = [],
  since,
  hideCaption = false,
}: {
  caption: string;
  groups: List<Group>;
  personId: string;
  extra?: Column<Group>[];
  since: Since;
  hideCaption?: boolean;
}) {
  return (
    <Table
      caption={caption}
      hideCaption={hideCaption}
      rows={groups.items}
      rowKey={(group, index) => `${index} ${group.title}`}
      columns={[
        { heading: 'Name', cell: (group) => <GroupName group={group} /> },
        ...extra,
        { heading: since.heading, cell: (group) => <Times group={group} of={since.of} /> },
        { heading: 'Said by', cell: (group) => <Sayers group={group} personId={personId} /> },
      ]}
    />
  );
}

type Listed = { groups: List<Group>; since: Since };

/** The page of a kind of thing, such as `Problems`: those that a person has now, and those they had. */
export function NowAndPast({
  title,
  now,
  past,
  ...table
}: {
  title: string;
  now: Listed;
  past: Listed;
  personId: string;
  extra?: Column<Group>[];
}) {
  const things = title.toLowerCase();
  return (
    <>
      <h1 className="nhsuk-heading-l">{title}</h1>
      <GroupSheet title="Now" caption={`${title}: now`} what={`current ${things} are`} {...now} {...table} />
      <GroupSheet title="Past" caption={`${title}: past`} what={`past ${things} are`} {...past} {...table} />
    </>
  );
}

/** One list of things on a page of its own: how many there are, and each of them. */
function GroupSheet({
  title,
  what,
  ...table
}: {
  title: string;
  /** What there is nothing of, with its verb: `current problems are`. */
  what: string;
} & Parameters<typeof GroupTable>[0]) {
  const { total } = table.groups;
  return (
    <section className="sheet" aria-labelledby={title}>
      <h2 id={title}>
        {title} {total > 0 && <span className="count">({numberWords(total)})</span>}
      </h2>
      {total === 0 ? <NothingRecorded what={what} /> : <GroupTable hideCaption {...table} />}
    </section>
  );
}

function GroupName({ group }: { group: Group }) {
  const [latest] = group.entries.items;
  return (
    <>
      <strong className="name">{group.title}</strong>
      {group.standing === 'unclear' && <span className="aside">State not given</span>}
      {group.ruledOutBy !== undefined && (
        <span className="aside">Ruled out by {group.ruledOutBy.join(', ')}</span>
      )}
      {latest !== undefined && <Disputes entry={latest} />}
    </>
  );
}

function Times({ group, of }: { group: Group; of: (entry: Entry) => string }) {
  const [latest] = group.entries.items;
  if (latest === undefined) return null;
  const { total } = group.entries;
  if (total === 1) return <>{of(latest)}</>;
  return (
    <>
      {of(latest)}
      <span className="aside">{countWords(total, 'time')} in all</span>
    </>
  );
}

/** The sources of the latest entry, and the earlier ones in a list that opens. */
function Sayers({ group, personId }: { group: Group; personId: string }) {
  const [latest, ...earlier] = group.entries.items;
  if (latest === undefined) return null;
  const unseen = group.entries.total - group.entries.items.length;
  return (
    <>
      <Sources entry={latest} personId={personId} />
      {earlier.length > 0 && (
        <details className="small-details">
          <summary>
            Earlier times<span className="nhsuk-u-visually-hidden">: {group.title}</span>
          </summary>
          <ul>
            {earlier.map((entry, index) => (
              <li key={`${index} ${entry.when ?? ''}`}>
                {shortDate(entry.when)} <Sources entry={entry} personId={personId} />
              </li>
            ))}
            {unseen > 0 && <li>and {countWords(unseen, 'earlier time')} on the full page</li>}
          </ul>
        </details>
      )}
    </>
  );
}

/** When something began, in words. */
export function beganWords(entry: Entry): string {
  return shortDate(entry.when);
}

/** When something began and ended; one date is enough when both fall in one year. */
export function yearSpan(entry: Entry): string {
  const end = entry.facts['endedOn'];
  if (entry.when === undefined) return 'Date not recorded';
  if (end === undefined || yearOf(end) === yearOf(entry.when)) return shortDate(entry.when);
  return `${shortDate(entry.when)} to ${shortDate(end)}`;
}
