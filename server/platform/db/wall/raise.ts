import type { Manifest } from '../placement.ts';
import type { Db, Tx } from '../types.ts';
import { ensureAccount } from './account.ts';

/** What the account may do with tables that are not of one patient each. What is named in none it cannot touch. */
export type RunRights = { reads: readonly string[]; adds: readonly string[]; writes: readonly string[] };

/** The tables whose rows are of one patient each. */
export function walledTables(manifest: Manifest): string[] {
  return Object.entries(manifest).flatMap(([table, placement]) =>
    placement.kind === 'distributed' && placement.by === 'patient_id' ? [table] : [],
  );
}

/**
 * The statements that put a table behind the wall. The setting is read once for each statement, in a query of its own: a policy
 * that read it for each row would parse the list of patients for each row.
 * Source: PostgreSQL manual, row security policies.
 */
export const wallStatements = (table: string, role: string): string[] => [
  `alter table ${table} enable row level security`,
  `create policy of_open_patients on ${table} for select to ${role}
   using (patient_id = any ((select nullif(current_setting('app.patients', true), '')::uuid[])::uuid[]))`,
];

export type Wall = {
  manifest: Manifest;
  role: string;
  /** Undefined where an administrator keeps it. */
  password: string | undefined;
  rights: RunRights;
};

/**
 * Makes the account and puts every table of patients behind the wall, as the owner of the tables. Called at each start, so that
 * new tables are behind it too; what stands is left, for no reader to wait. The owner stays before the wall.
 */
export async function raiseWall(db: Db, { manifest, role, password, rights }: Wall): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7302)');
    await ensureAccount(tx, role, password);
    const walled = walledTables(manifest);
    const tables = Object.keys(manifest);
    const schemas = [...new Set(tables.map((table) => table.split('.')[0]!))];
    const reads = [...new Set([...walled, ...rights.reads, ...rights.writes])];
    await tx.query(
      [
        `grant usage on schema ${schemas.join(', ')} to ${role}`,
        `revoke all on ${tables.join(', ')} from ${role}`,
        `grant select on ${reads.join(', ')} to ${role}`,
        ...(rights.adds.length === 0 ? [] : [`grant insert on ${rights.adds.join(', ')} to ${role}`]),
        `grant insert, update, delete on ${rights.writes.join(', ')} to ${role}`,
      ].join(';\n'),
    );
    const standing = await standingFor(tx, role);
    for (const table of walled)
      if (!standing.has(table))
        for (const statement of wallStatements(table, role)) await tx.query(statement);
  });
}

/** The tables that are behind the wall for this account already. */
async function standingFor(tx: Tx, role: string): Promise<Set<string>> {
  const rows = await tx.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_policy p
     join pg_class c on c.oid = p.polrelid
     join pg_namespace n on n.oid = c.relnamespace
     where p.polname = 'of_open_patients'
       and c.relrowsecurity
       and (select oid from pg_roles where rolname = $1) = any (p.polroles)`,
    [role],
  );
  return new Set(rows.map((row) => row.name));
}
