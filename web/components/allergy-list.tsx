import type { Group, PersonRecord } from '../api/record.ts';
import { dateWords } from '../words/dates.ts';
import { factValue } from '../words/record.ts';
import { GroupTable, beganWords } from './groups.tsx';
import { NothingRecorded } from './section.tsx';
import { factOf, Sources } from './sources.tsx';
import type { Column } from './table.tsx';

const reactionColumn: Column<Group> = {
  heading: 'Reaction',
  cell: (group) => {
    const [entry] = group.entries.items;
    if (entry === undefined) return null;
    const reaction = factOf(entry, 'reaction');
    const severity = factOf(entry, 'severity');
    const criticality = factOf(entry, 'criticality');
    return (
      <>
        {reaction ?? <span className="nothing">Reaction not recorded</span>}
        {severity !== undefined && <span className="aside">{factValue('severity', severity)}</span>}
        {criticality === 'high' && (
          <strong className="nhsuk-tag nhsuk-tag--red">
            <span aria-hidden="true">⚠</span> High risk
          </strong>
        )}
      </>
    );
  },
};

/** Allergies; or that none is known, with who says so; or that nobody recorded anything. */
export function AllergyList({
  allergies,
  personId,
}: {
  allergies: PersonRecord['allergies'];
  personId: string;
}) {
  const { state, active, noneKnown } = allergies;
  return (
    <>
      {state === 'nothing-recorded' && <NothingRecorded what="allergies are" />}
      {state === 'listed' && (
        <GroupTable
          caption="Allergies"
          hideCaption
          groups={active}
          personId={personId}
          extra={[reactionColumn]}
          since={{ heading: 'Recorded', of: beganWords }}
        />
      )}
      {noneKnown.items.map((entry, index) => (
        <p key={`${index} ${entry.title}`}>
          <strong>{entry.title}</strong>, {dateWords(entry.when)}, says{' '}
          <Sources entry={entry} personId={personId} />
        </p>
      ))}
    </>
  );
}
