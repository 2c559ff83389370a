import type { Entry, Group } from '../api/record.ts';
import { shortDate } from '../words/dates.ts';
import { factValue } from '../words/record.ts';
import { factOf } from './sources.tsx';
import type { Column } from './table.tsx';

/** How to take a medicine, from its latest entry. */
export const doseColumn: Column<Group> = {
  heading: 'How to take it',
  cell: (group) => {
    const [entry] = group.entries.items;
    if (entry === undefined) return null;
    const dose = factOf(entry, 'dose');
    return (
      <>
        {dose ?? <span className="nothing">Dose not recorded</span>}
        {factOf(entry, 'status') === 'on-hold' && (
          <strong className="nhsuk-tag nhsuk-tag--orange">On hold</strong>
        )}
      </>
    );
  },
};

/** What was done with a medicine and when, such as "Prescribed 3 May 2019". */
export function takenWords(entry: Entry): string {
  const act = factOf(entry, 'act');
  return act === undefined ? shortDate(entry.when) : `${factValue('act', act)} ${shortDate(entry.when)}`;
}
