import type { Manifest } from '../placement.ts';
import type { Db, Tx } from '../types.ts';

/** The account that requests read with, unless an installation names another. */
export const usualRole = 'openics_run';

/** Tables that no request needs: keys, and what was migrated. */
const kept = new Set(['platform.sealing_key', 'platform.migration', 'audit.signing_key']);

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

/**
 * Makes the account and puts every table of patients behind the wall, as the owner of the tables. Called at each start, so that
 * new tables are behind it too; what stands is left, for no reader to wait. The owner stays before the wall.
 */
export async function raiseWall(
  db: Db,
  { manifest, role, password }: { manifest: Manifest; role: string; password: string },
): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role))
    throw new TypeError('The name of the account is not a plain name.');
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7302)');
    await ensureRole(tx, role, password);
    const walled = new Set(walledTables(manifest));
    for (const schema of new Set(Object.keys(manifest).map((table) => table.split('.')[0]!)))
      await tx.query(`grant usage on schema ${schema} to ${role}`);
    for (const table of Object.keys(manifest)) {
      await tx.query(`revoke all on ${table} from ${role}`);
      if (kept.has(table)) continue;
      const may = walled.has(table) ? 'select' : 'select, insert, update, delete';
      await tx.query(`grant ${may} on ${table} to ${role}`);
    }
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

async function ensureRole(tx: Tx, role: string, password: string): Promise<void> {
  const found = await tx.query('select 1 from pg_roles where rolname = $1', [role]);
  const rights = 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit noreplication';
  if (found.length === 0) await tx.query(`create role ${role} ${rights}`);
  // `alter role` takes no bound values; `format` quotes as PostgreSQL wants it.
  const [statement] = await tx.query<{ text: string }>(
    `select format('alter role ${role} ${rights} encrypted password %L', $1::text) as text`,
    [password],
  );
  await tx.query(statement!.text);
}
