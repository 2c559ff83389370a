import type { Manifest } from '../placement.ts';
import type { Db } from '../types.ts';
import { ensureAccount } from './account.ts';

/** What the writing account may do beside reading, by table, and what it may ask of the owner. It cannot touch what is not named. */
export type WriterRights = {
  tables: Readonly<Record<string, string>>;
  functions: readonly string[];
};

export type Writer = {
  manifest: Manifest;
  role: string;
  /** Undefined where an administrator keeps it. */
  password: string | undefined;
  rights: WriterRights;
};

/**
 * Makes the account that reads and writes for the server, or brings it back to its rights, as the owner of the tables. Called at each
 * start, after migrating. Throws a Problem where the account cannot be made, may too much or too little.
 */
export async function makeWriter(db: Db, { manifest, role, password, rights }: Writer): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7302)');
    await ensureAccount(tx, role, password, 'writer');
    for (const statement of writerStatements({ manifest, role, rights })) await tx.query(statement);
  });
}

/** The statements that give the account its rights, and take any other. */
export function writerStatements({ manifest, role, rights }: Omit<Writer, 'password'>): string[] {
  const tables = Object.keys(manifest);
  const schemas = [...new Set(tables.map((table) => table.split('.')[0]!))];
  const alike = Map.groupBy(Object.entries(rights.tables), ([, right]) => right);
  return [
    `revoke all on schema ${schemas.join(', ')} from ${role}`,
    `grant usage on schema ${schemas.join(', ')} to ${role}`,
    `revoke all on ${tables.join(', ')} from ${role}`,
    ...[...alike].map(
      ([right, some]) => `grant select, ${right} on ${some.map(([table]) => table).join(', ')} to ${role}`,
    ),
    ...rights.functions.map((name) => `grant execute on function ${name} to ${role}`),
  ];
}
