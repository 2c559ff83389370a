import type { Queryable, Tx } from '../../platform/db/index.ts';

/** What a person asked for and an office settles by a day: an answer to a question, a correction, a copy of everything. */
export type Asked = {
  patientId: string;
  personId: string;
  asked: Date;
  /** The last day to settle it, YYYY-MM-DD. */
  due: string;
};

/** A table of what was asked. Its names are ours, and never come from a request. */
export type AskedTable<Row extends Asked> = {
  table: string;
  columns: { readonly [Name in keyof Row & string]: string };
  key: keyof Row & string;
  /** True, in SQL, for what is not settled yet. */
  waits: string;
};

export type AskedStore<Row extends Asked> = {
  /** Keeps what was asked. What is left out is empty until it is settled. */
  add(tx: Tx, row: Partial<Row> & Asked): Promise<void>;
  /** What was asked under these patients, the newest first. */
  of(db: Queryable, patientIds: readonly string[]): Promise<Row[]>;
  /** All that waits, the one due first before others. */
  waiting(db: Queryable): Promise<Row[]>;
  /** All that was ever asked: what waits first, the one due first before others. */
  all(db: Queryable): Promise<Row[]>;
  find(db: Queryable, id: string): Promise<Row | undefined>;
  /** Settles what waits, or changes it on the way there. False when it is settled, or not there. */
  settle(tx: Tx, id: string, change: Partial<Row>): Promise<boolean>;
};

/** Keeps what people ask for in one table. */
export function askedStore<Row extends Asked>({
  table,
  columns,
  key,
  waits,
}: AskedTable<Row>): AskedStore<Row> {
  const columnOf = (name: string): string => columns[name as keyof Row & string];
  const id = columns[key];
  const told = Object.keys(columns)
    .map((name) => `${name === 'due' ? 'due::text' : columnOf(name)} as "${name}"`)
    .join(', ');
  return {
    async add(tx, row) {
      const names = Object.keys(row);
      await tx.query(
        `insert into ${table} (${names.map(columnOf).join(', ')})
         values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
        Object.values(row),
      );
    },
    of: (db, patientIds) =>
      db.query<Row>(
        `select ${told}
         from ${table}
         where patient_id = any($1::uuid[])
         order by asked desc, ${id}`,
        [patientIds],
      ),
    waiting: (db) =>
      db.query<Row>(
        `select ${told}
         from ${table}
         where ${waits}
         order by ${table}.due, ${id}`,
      ),
    all: (db) =>
      db.query<Row>(
        `select ${told}
         from ${table}
         order by (${waits}) desc, ${table}.due, ${id}`,
      ),
    async find(db, given) {
      const [row] = await db.query<Row>(
        `select ${told}
         from ${table}
         where ${id} = $1`,
        [given],
      );
      return row;
    },
    async settle(tx, given, change) {
      const sets = Object.keys(change).map((name, at) => `${columnOf(name)} = $${at + 2}`);
      const done = await tx.query(
        `update ${table}
         set ${sets.join(', ')}
         where ${id} = $1
           and ${waits}
         returning ${id}`,
        [given, ...Object.values(change)],
      );
      return done.length > 0;
    },
  };
}
