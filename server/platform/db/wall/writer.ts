import type { Manifest } from '../placement.ts';
import type { Db, Tx } from '../types.ts';
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
    const wanted = { manifest, role, rights: db.distributed ? rightsOnCitus(rights, manifest) : rights };
    // Each change of rights lets every connection plan anew.
    if (await hasJust(tx, wanted)) return;
    for (const statement of writerStatements(wanted)) await tx.query(statement);
  });
}

/**
 * The same rights, as Citus asks for them: it locks a table that is whole on each machine before a row is added to it, and lets nobody
 * lock who may add alone.
 */
export function rightsOnCitus(rights: WriterRights, manifest: Manifest): WriterRights {
  const isAdded = ([table, right]: [string, string]): boolean =>
    right === 'insert' && manifest[table]?.kind === 'reference';
  const tables = Object.entries(rights.tables).map((each): [string, string] =>
    isAdded(each) ? [each[0], 'insert, update'] : each,
  );
  return { ...rights, tables: Object.fromEntries(tables) };
}

/** The statements that give the account its rights, and take any other. */
export function writerStatements({ manifest, role, rights }: Omit<Writer, 'password'>): string[] {
  const tables = Object.keys(manifest);
  const schemas = schemasOf(manifest);
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

const schemasOf = (manifest: Manifest): string[] => [
  ...new Set(Object.keys(manifest).map((table) => table.split('.')[0]!)),
];

/** True where the account was given what it may do in our schemas, and nothing else. */
async function hasJust(tx: Tx, { manifest, role, rights }: Omit<Writer, 'password'>): Promise<boolean> {
  const rows = await tx.query<{ given: string }>(
    `with ours as (select oid, nspname, nspacl from pg_namespace where nspname = any($2::text[])),
     given (name, acl) as (
       select 'schema ' || nspname, nspacl from ours
       union all
       select o.nspname || '.' || c.relname, c.relacl from pg_class c join ours o on o.oid = c.relnamespace
       union all
       select o.nspname || '.' || c.relname || '.' || a.attname, a.attacl
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid
       join ours o on o.oid = c.relnamespace
       where a.attacl is not null
       union all
       select p.oid::regprocedure::text, p.proacl from pg_proc p join ours o on o.oid = p.pronamespace
     )
     select given.name || ' ' || lower(e.privilege_type) || case when e.is_grantable then ' on' else '' end as given
     from given, aclexplode(given.acl) e
     where e.grantee = (select oid from pg_roles where rolname = $1)`,
    [role, schemasOf(manifest)],
  );
  const wanted = [
    ...schemasOf(manifest).map((schema) => `schema ${schema} usage`),
    ...Object.entries(rights.tables).flatMap(([table, right]) =>
      ['select', ...right.split(', ')].map((each) => `${table} ${each}`),
    ),
    ...rights.functions.map((name) => `${name} execute`),
  ];
  return (
    rows
      .map(({ given }) => given)
      .sort()
      .join() === wanted.sort().join()
  );
}
