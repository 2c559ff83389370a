import { Problem } from '../../errors.ts';
import type { Queryable, Tx } from '../types.ts';

/** What the account may be. It owns nothing, passes no policy and becomes nobody else. */
const rights = 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit noreplication';

/** The statement an administrator runs where the owner may make no accounts. */
export const accountStatement = (role: string): string => `create role ${role} ${rights}`;

/** The name of the account of a database: each database has its own, so that two on one server do not share a password. */
export const accountOf = (database: string): string =>
  `${database.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}_run`.replace(/^(?=[0-9])/, '_').slice(-63);

/** What stands of the account, and what the owner may do about it. */
export type AccountState = {
  exists: boolean;
  /** The owner may make it, or give it a password where it is there. */
  ownerMayMake: boolean;
  ownerIsSuperuser: boolean;
  /** What it may do that it must not. */
  excess: string[];
};

export async function accountState(db: Queryable, role: string): Promise<AccountState> {
  const [row] = await db.query<AccountState>(
    `select r.oid is not null as "exists",
            o.rolsuper as "ownerIsSuperuser",
            o.rolsuper or (o.rolcreaterole and (
              r.oid is null
              or current_setting('server_version_num')::int < 160000
              or exists (select from pg_auth_members m where m.roleid = r.oid and m.member = o.oid and m.admin_option)
            )) as "ownerMayMake",
            array_remove(array[
              case when r.rolsuper then 'superuser' end,
              case when r.rolbypassrls then 'bypassrls' end,
              case when r.rolcreatedb then 'createdb' end,
              case when r.rolcreaterole then 'createrole' end,
              case when r.rolreplication then 'replication' end,
              case when r.oid is not null and exists (select from pg_auth_members m where m.member = r.oid)
                then 'membership of another account' end,
              case when exists (select from pg_class c where c.relowner = r.oid) then 'tables of its own' end
            ], null) as excess
     from pg_roles o
     left join pg_roles r on r.rolname = $1
     where o.rolname = current_user`,
    [role],
  );
  return row!;
}

/**
 * Makes the account, or brings it to what it may be, and gives it its password. A `password` that is undefined is kept by an
 * administrator: then the account is only looked at. Throws a Problem with the statement to run where the owner may not.
 */
export async function ensureAccount(tx: Tx, role: string, password: string | undefined): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role))
    throw new TypeError('The name of the account is not a plain name.');
  const state = await accountState(tx, role);
  if (password !== undefined) {
    if (!state.ownerMayMake) throw mayNotMake(role);
    if (!state.exists) await tx.query(accountStatement(role));
    // Only a superuser may name rights that are a superuser's to give, even to take them away.
    const also = state.ownerIsSuperuser ? rights : '';
    // `alter role` takes no bound values; `format` quotes as PostgreSQL wants it.
    const [statement] = await tx.query<{ text: string }>(
      `select format('alter role ${role} ${also} encrypted password %L', $1::text) as text`,
      [password],
    );
    await tx.query(statement!.text);
  } else if (!state.exists) throw mayNotMake(role);
  const { excess } = await accountState(tx, role);
  if (excess.length > 0) throw mayTooMuch(role, excess);
}

const mayNotMake = (role: string): Problem =>
  new Problem(
    'wall/no-account',
    500,
    `The account ${role}, which reads for people who sign in, cannot be made.`,
    {
      wayOut:
        `Let an administrator run: ${accountStatement(role)} password '...';` +
        ' then give that password as DATABASE_RUN_PASSWORD.',
    },
  );

const mayTooMuch = (role: string, excess: readonly string[]): Problem =>
  new Problem(
    'wall/account-may-too-much',
    500,
    `The account ${role} has rights it must not have: ${excess.join(', ')}.`,
    {
      wayOut: `Take them from it, so that it is as by: ${accountStatement(role)}`,
    },
  );
