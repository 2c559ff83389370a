import type { ReactNode } from 'react';

/** What is known of one thing: each fact with its name. Those without a value are left out. */
export function Facts({ rows, place = false }: { rows: [string, ReactNode][]; place?: boolean }) {
  return (
    <dl className="nhsuk-summary-list">
      {rows.map(
        ([name, value]) =>
          value != null && (
            <Fact key={name} name={name} place={place}>
              {value}
            </Fact>
          ),
      )}
    </dl>
  );
}

/** One fact of a list. `place`: it may hold an address that breaks nowhere else. */
export function Fact({
  name,
  place = false,
  children,
}: {
  name: string;
  place?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="nhsuk-summary-list__row">
      <dt className="nhsuk-summary-list__key">{name}</dt>
      <dd className={place ? 'nhsuk-summary-list__value place' : 'nhsuk-summary-list__value'}>{children}</dd>
    </div>
  );
}
