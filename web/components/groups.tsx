import type { Entry, Group, List } from '../api/record.ts';
import { shortDate, yearOf } from '../words/dates.ts';
import { countWords, numberWords } from '../words/numbers.ts';
import { NothingRecorded } from './section.tsx';
import { Disputes, Sources } from './sources.tsx';
import { Table, type Column } from './table.tsx';

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
  /** Heading of the date column, and what the date of one entry is. */
  since: { heading: string; of: (entry: Entry) => string };
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

/** One list of things on a page of its own: how many there are, and each of them. */
export function GroupSheet({
  title,
  subject,
  groups,
  what,
  ...table
}: {
  title: string;
  /** What the page is about, such as `Problems`. */
  subject: string;
  groups: List<Group>;
  /** What there is nothing of, with its verb: `current problems are`. */
  what: string;
} & Pick<Parameters<typeof GroupTable>[0], 'personId' | 'extra' | 'since'>) {
  return (
    <section className="sheet" aria-labelledby={title}>
      <h2 id={title}>
        {title} {groups.total > 0 && <span className="count">({numberWords(groups.total)})</span>}
      </h2>
      {groups.total === 0 ? (
        <NothingRecorded what={what} />
      ) : (
        <GroupTable caption={`${subject}: ${title.toLowerCase()}`} hideCaption groups={groups} {...table} />
      )}
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
