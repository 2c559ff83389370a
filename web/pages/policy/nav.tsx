import type { ReactNode } from 'react';
import { LineNav } from '../../components/band-nav.tsx';
import type { Column } from '../../components/table.tsx';

const pages = [
  { to: '/policy', text: 'Roles' },
  { to: '/policy/sensitive', text: 'Sensitive information' },
  { to: '/policy/relationships', text: 'Relationships' },
  { to: '/policy/agreements', text: 'Agreements' },
  { to: '/policy/versions', text: 'Versions' },
  { to: '/policy/unconfirmed', text: 'Not confirmed' },
  { to: '/policy/register', text: 'Register of processing' },
];

/** The way between the pages of the policy. */
export function PolicyNav() {
  return <LineNav label="Policy" pages={pages} />;
}

/** Where a statement comes from, and whether anybody confirmed it. */
function Source({ source, confirmed }: { source: string; confirmed: boolean }) {
  return (
    <>
      {!confirmed && <strong className="nhsuk-tag nhsuk-tag--orange">Not confirmed</strong>}
      <span className="aside">{source}</span>
    </>
  );
}

type Sourced = { source: string; confirmed: boolean };

/** The column of sources of a table; one line below it instead, where all rows have the same. */
export function sourceOf<Row extends Sourced>(
  rows: readonly Row[],
): { column: Column<Row>[]; shared: ReactNode } {
  const [first, ...rest] = rows;
  const isShared =
    first !== undefined &&
    rest.every(({ source, confirmed }) => source === first.source && confirmed === first.confirmed);
  return isShared
    ? {
        column: [],
        shared: (
          <div>
            Source of all of these: <Source {...first} />
          </div>
        ),
      }
    : { column: [{ heading: 'Source', cell: Source }], shared: null };
}
