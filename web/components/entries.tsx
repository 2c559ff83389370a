import type { Entry } from '../api/record.ts';
import { shortDate } from '../words/dates.ts';
import { factName, factValue, kindWords, standingWords } from '../words/record.ts';
import { Disputes, Sources } from './sources.tsx';
import { Table } from './table.tsx';

/** Facts that the other columns already tell. */
const told = new Set([
  'status',
  'wording',
  'setting',
  'sort',
  'category',
  'act',
  'endedOn',
  'beganOn',
  'certainty',
]);

/** Dated entries, one to a row. */
export function EntryTable({
  caption,
  entries,
  personId,
  showKind = false,
  hideCaption = false,
}: {
  caption: string;
  entries: Entry[];
  personId: string;
  showKind?: boolean;
  hideCaption?: boolean;
}) {
  return (
    <Table
      caption={caption}
      hideCaption={hideCaption}
      rows={entries}
      rowKey={(entry, index) => `${index} ${entry.said[0]?.id ?? ''}`}
      columns={[
        { heading: 'Date', cell: (entry) => <span className="date">{shortDate(entry.when)}</span> },
        { heading: 'What', cell: (entry) => <What entry={entry} showKind={showKind} /> },
        { heading: 'Said by', cell: (entry) => <Sources entry={entry} personId={personId} /> },
      ]}
    />
  );
}

function What({ entry, showKind }: { entry: Entry; showKind: boolean }) {
  const sort = entry.facts['sort'] ?? entry.facts['setting'];
  return (
    <>
      <strong className="name">{entry.title}</strong>
      {showKind && <span className="aside">{kindWords[entry.kind]}</span>}
      {sort !== undefined && (
        <span className="aside">{factValue(entry.kind === 'encounter' ? 'setting' : 'sort', sort)}</span>
      )}
      {entry.standing === 'not-done' && (
        <strong className="nhsuk-tag nhsuk-tag--grey">{standingWords['not-done']}</strong>
      )}
      <FactLine entry={entry} />
      <Disputes entry={entry} />
    </>
  );
}

/** The further facts of an entry, on one line each. */
export function FactLine({ entry }: { entry: Entry }) {
  const facts = Object.entries(entry.facts).filter(([name]) => !told.has(name));
  const partial = Object.entries(entry.differing ?? {}).filter(
    ([name, values]) => values.length === 1 && !told.has(name),
  );
  const lines = [...facts, ...partial.map(([name, values]) => [name, values[0]?.value ?? ''] as const)];
  if (lines.length === 0) return null;
  return (
    <dl className="facts">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{factName(name)}:</dt> <dd>{factValue(name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
