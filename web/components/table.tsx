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
    <table role="table" className="table">
      <caption className={hideCaption ? 'nhsuk-u-visually-hidden' : 'table__caption'}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ heading, numeric }) => (
            <th
              key={heading}
              role="columnheader"
              scope="col"
              className={numeric === true ? 'table__number' : undefined}
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, index) => (
          <tr role="row" key={rowKey(row, index)}>
            {columns.map(({ heading, cell, numeric }) => (
              <td key={heading} role="cell" className={numeric === true ? 'table__number' : undefined}>
                <span className="table__heading" aria-hidden="true">
                  {heading}
                </span>
                <div className="table__cell">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
