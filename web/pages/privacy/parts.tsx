import type { Line } from '../../api/privacy.ts';
import { LineNav } from '../../components/band-nav.tsx';
import { Table } from '../../components/table.tsx';
import { shortDateTime } from '../../words/dates.ts';
import { didWords, outcomeColours, outcomeWords, ruleInWords, whyWords } from '../../words/privacy.ts';

const pages = [
  { to: '/privacy', text: 'The log' },
  { to: '/privacy/person', text: 'Find a person' },
  { to: '/privacy/glass', text: 'Broken glasses' },
  { to: '/privacy/odd', text: 'Odd accesses' },
  { to: '/privacy/questions', text: 'Questions' },
  { to: '/privacy/who-could-see', text: 'Who could see' },
  { to: '/policy', text: 'Policy' },
];

/** The way between the privacy officer's pages. */
export function PrivacyNav() {
  return <LineNav label="Checking on accesses" pages={pages} />;
}

/** Accesses as a table, newest first. */
export function Lines({
  caption,
  lines,
  ofOne = false,
}: {
  caption: string;
  lines: Line[];
  /** True where all are of one user about one person, named above. */
  ofOne?: boolean;
}) {
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(line) => String(line.seq)}
      columns={[
        { heading: 'When', cell: (line) => shortDateTime(line.at) },
        ...(ofOne ? [] : [{ heading: 'Who', cell: (line: Line) => <Who line={line} /> }]),
        { heading: 'What', cell: didWords },
        ...(ofOne
          ? []
          : [
              {
                heading: 'Whose record',
                cell: (line: Line) => <Whose person={line.person} name={line.personName} />,
              },
            ]),
        { heading: 'Why', cell: whyWords },
        {
          heading: 'Outcome',
          cell: ({ outcome, rule }) => (
            <>
              <strong className={`nhsuk-tag nhsuk-tag--${outcomeColours[outcome] ?? 'grey'}`}>
                {outcomeWords[outcome] ?? outcome}
              </strong>
              {rule !== null && <span className="aside">{ruleInWords(rule)}</span>}
            </>
          ),
        },
      ]}
    />
  );
}

export function Who({ line }: { line: Line }) {
  return (
    <>
      <a href={`/privacy?user=${encodeURIComponent(line.user)}`}>{line.userName ?? line.user}</a>
      {line.organisation !== null && <span className="aside">{line.organisation}</span>}
    </>
  );
}

export function Whose({ person, name }: { person: string | null; name: string | null }) {
  if (person === null) return <>Nobody’s</>;
  return <a href={`/privacy?person=${person}`}>{name ?? `Person ${person.slice(-6)}`}</a>;
}

export function Field({
  id,
  label,
  value,
  type = 'text',
}: {
  id: string;
  label: string;
  value: string;
  type?: string;
}) {
  return (
    <div className="nhsuk-form-group">
      <label className="nhsuk-label" htmlFor={id}>
        {label}
      </label>
      <input className="nhsuk-input" id={id} name={id} type={type} defaultValue={value} maxLength={200} />
    </div>
  );
}
