import type { Agreement, FieldName, Side } from '../../api/identity.ts';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { agreementWords, fieldWords } from '../../words/identity.ts';
import { nhsNumberWords } from '../../words/numbers.ts';
import { factValue } from '../../words/record.ts';

const fields = Object.keys(fieldWords) as FieldName[];

/** The values of a field as people write them. */
export function sideValue(side: Side, field: FieldName): string[] {
  const values = side.fields[field];
  if (field === 'birthDate' || field === 'deathDate') return values.map((each) => dateWords(each));
  if (field === 'nhsNumber') return values.map(nhsNumberWords);
  return field === 'sex' ? values.map((each) => factValue('sex', each)) : values;
}

/** Two records side by side. How they agree is said in words; colour only helps. */
export function SideBySide({
  caption,
  left,
  right,
  agreements,
}: {
  caption: string;
  left: Side;
  right: Side;
  agreements: Record<FieldName, Agreement>;
}) {
  const rows = fields.filter((field) => agreements[field] !== 'neither');
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(field) => field}
      columns={[
        { heading: 'Field', cell: (field) => <strong>{fieldWords[field]}</strong> },
        { heading: 'This record', cell: (field) => <Values side={left} field={field} /> },
        { heading: 'Known record', cell: (field) => <Values side={right} field={field} /> },
        { heading: 'Agree?', cell: (field) => <AgreementTag agreement={agreements[field]} /> },
      ]}
    />
  );
}

const whereabouts: ReadonlySet<FieldName> = new Set(['address', 'phone', 'email']);

export function Values({ side, field }: { side: Side; field: FieldName }) {
  if (side.restricted && whereabouts.has(field)) return <>Protected: not shown</>;
  const values = sideValue(side, field);
  if (values.length === 0) return <>Not recorded</>;
  return (
    <>
      {values.map((value) => (
        <span className="side-value" key={value}>
          {value}
        </span>
      ))}
    </>
  );
}

function AgreementTag({ agreement }: { agreement: Agreement }) {
  const known = agreementWords[agreement];
  if (known === undefined) return null;
  return <strong className={`nhsuk-tag nhsuk-tag--${known.colour}`}>{known.words}</strong>;
}
