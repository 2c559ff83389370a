import type { ReactNode } from 'react';

export type Column<Row> = {
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  numeric?: boolean;
};

/** A table that becomes a list of cards on a narrow screen. The first column names the row. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  hideCaption = false,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row, index: number) => string;
  hideCaption?: boolean;
}) {
  return (
    <table role="table" className="nhsuk-table-responsive">
      <caption className={hideCaption ? 'nhsuk-u-visually-hidden' : 'nhsuk-table__caption'}>
        {caption}
      </caption>
      <thead role="rowgroup" className="nhsuk-table__head">
        <tr role="row">
          {columns.map(({ heading, numeric }) => (
            <th
              key={heading}
              role="columnheader"
              scope="col"
              className={numeric === true ? 'nhsuk-table__header--numeric' : undefined}
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="nhsuk-table__body">
        {rows.map((row, index) => (
          <tr role="row" className="nhsuk-table__row" key={rowKey(row, index)}>
            {columns.map(({ heading, cell, numeric }) => (
              <td
                key={heading}
                role="cell"
                className={`nhsuk-table__cell${numeric === true ? ' nhsuk-table__cell--numeric' : ''}`}
              >
                <span className="nhsuk-table-responsive__heading" aria-hidden="true">
                  {heading}{' '}
                </span>
                <div className="cell">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
