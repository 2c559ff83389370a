import type { Json } from '../../record/types.ts';

/** How one kind of file is read. It is data: kept in the database, one row for each version. */
export type Mapping = {
  mapping: string;
  version: number;
  /** Columns that must be there. */
  columns: string[];
  /** What date columns look like, in order of trial: `DD/MM/YYYY`, `YYYY-MM-DD`, `DD-Mon-YYYY`. */
  dates: string[];
  /** `keep`: bad rows wait for a person, the others are stored. `refuse-file`: one bad row refuses the whole file. */
  badRows: 'keep' | 'refuse-file';
  /** Columns that say since when a row is so; the first that holds a date counts. */
  asOf: string[];
  /** Code lists: what a column says, and the code it stands for. */
  lists: Record<string, Record<string, string>>;
  resources: ResourceMapping[];
};

export type ResourceMapping = {
  type: string;
  /** Columns that together tell one such resource of this source from others. */
  key: string[];
  /** Only rows in which a column holds one of these values. */
  when?: { column: string; in: string[] };
  /** Only rows in which this column holds something. */
  ifGiven?: string;
  /** The resource; wherever an object with `column`, `columns` or `row` stands, the value of the row takes its place. */
  template: { [element: string]: Json };
};

/** How a file of a feed is written. */
export type Dialect = { delimiter: string; encoding: string };

/** Something wrong in a row. It never holds what the row says. */
export type RowFault = { column: string; reason: string };
