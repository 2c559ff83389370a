import { copyMessage, CopyRows, type Tx } from '../../platform/db/index.ts';
import type { OrganisationSaid } from '../directory/said.ts';

/** The tables of geography whose rows come in bulk, with the columns that are given, in order. */
const columns = {
  area: 'fact_id, code, kind, name, ward_code, local_authority_code, region_code, valid_from, valid_to',
  responsibility: 'fact_id, area_code, body_id, valid_from, valid_to',
  lsoa_change: 'lsoa11_code, lsoa21_code, change',
  deprivation:
    'area_code, year, decile, rank, score, income_decile, employment_decile, education_decile, health_decile, crime_decile, housing_decile, environment_decile',
  rurality: 'area_code, year, code, words, is_urban',
  population: 'area_code, year, age_from, people',
  boundary: 'area_code, edition, rings',
  postcode: 'postcode, lsoa_code, valid_from, valid_to',
} as const;

export type BulkTable = keyof typeof columns;

/** A value and how it is written. */
export type Cell =
  | null
  | { uuid: string }
  | { text: string }
  | { json: unknown }
  | { day: string }
  | { int2: number }
  | { int4: number }
  | { real: number }
  | { yes: boolean };

const flushAt = 50_000;

/** Gathers rows and sends them by COPY, so that a file of millions of lines needs little memory. */
export class Sink {
  rowCount = 0;
  /** Lines that say nothing we ask for. */
  passedOver = 0;
  readonly #tx: Tx;
  readonly #deliveryId: string;
  readonly #waiting = new Map<BulkTable, CopyRows>();

  constructor(tx: Tx, deliveryId: string) {
    this.#tx = tx;
    this.#deliveryId = deliveryId;
  }

  /** Adds a row; the delivery is added to it. */
  add(table: BulkTable, cells: readonly Cell[]): void {
    const rows = this.#waiting.get(table) ?? new CopyRows(1 << 20);
    this.#waiting.set(table, rows);
    rows.startRow(cells.length + 1);
    for (const cell of cells) write(rows, cell);
    rows.uuid(this.#deliveryId);
    this.rowCount++;
  }

  passOver(): void {
    this.passedOver++;
  }

  /** Sends what waits, when that is much. */
  async flushIfLarge(): Promise<void> {
    if ([...this.#waiting.values()].some((rows) => rows.count >= flushAt)) await this.flush();
  }

  async flush(): Promise<void> {
    const parts = [...this.#waiting].map(([table, rows]) => ({
      statement: `copy organisations.${table} (${columns[table]}, said_by) from stdin (format binary)`,
      data: copyMessage(rows.ranges()),
    }));
    this.#waiting.clear();
    if (parts.length > 0) await this.#tx.copyIn(parts);
  }
}

/** Binary jsonb is its text behind a version byte. Source: PostgreSQL, jsonb_recv. */
const jsonb = (value: unknown): string => `\u0001${JSON.stringify(value)}`;

function write(rows: CopyRows, cell: Cell): void {
  if (cell === null) rows.null();
  else if ('uuid' in cell) rows.uuid(cell.uuid);
  else if ('text' in cell) rows.text(cell.text);
  else if ('json' in cell) rows.text(jsonb(cell.json));
  else if ('day' in cell) rows.date(cell.day);
  else if ('int2' in cell) rows.int2(cell.int2);
  else if ('int4' in cell) rows.int4(cell.int4);
  else if ('real' in cell) rows.float8(cell.real);
  else rows.bool(cell.yes);
}

/** What the reading of a file may use. `save` stores organisations, and is called once. */
export type Loading = { tx: Tx; sink: Sink; save(organisations: OrganisationSaid[]): Promise<void> };
