import { Problem } from '../../errors.ts';
import type { Queryable, Tx } from '../types.ts';

/** `run` reads for people who sign in, behind the wall. `writer` is what the server does all else as. */
export type AccountKind = 'run' | 'writer';

/** What an account may be. Neither owns anything, and neither becomes somebody who does. */
const rights = {
  run: 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit noreplication',
  // `copy from` is refused behind a policy; and it must see since when others have been writing.
  writer: 'login nosuperuser bypassrls nocreatedb nocreaterole inherit noreplication',
} as const;

const memberOf = { run: undefined, writer: 'pg_read_all_stats' } as const;

const passwordAt = { run: 'DATABASE_RUN_PASSWORD', writer: 'DATABASE_WRITER_PASSWORD' } as const;

/** The statement an administrator runs where the owner may make no accounts. */
export const accountStatement = (role: string, kind: AccountKind = 'run'): string =>
  `create role ${role} ${rights[kind]}${memberOf[kind] === undefined ? '' : ` in role ${memberOf[kind]}`}`;

/** The name of an account of a database: each database has its own, so that two on one server do not share a password. */
export const accountOf = (database: string, kind: AccountKind = 'run'): string =>
  `${database.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}_${kind}`.replace(/^(?=[0-9])/, '_').slice(-63);

/** What stands of an account, and what the owner may do about it. */
export type AccountState = {
  exists: boolean;
  /** The owner may make it, or give it a password where it is there. */
  ownerMayMake: boolean;
  ownerIsSuperuser: boolean;
  /** What it may do that it must not. */
  excess: string[];
  /** What it must be able to do and cannot. */
  lacks: string[];
};

export async function accountState(
  db: Queryable,
  role: string,
  kind: AccountKind = 'run',
): Promise<AccountState> {
  const [row] = await db.query<AccountState>(
    `select r.oid is not null as "exists",
            o.rolsuper as "ownerIsSuperuser",
            o.rolsuper or ($2::text = 'run' and o.rolcreaterole and (
              r.oid is null
              or current_setting('server_version_num')::int < 160000
              or exists (select from pg_auth_members m where m.roleid = r.oid and m.member = o.oid and m.admin_option)
            )) as "ownerMayMake",
            array_remove(array[
              case when r.rolsuper then 'superuser' end,
              case when r.rolbypassrls and $2::text = 'run' then 'bypassrls' end,
              case when r.rolcreatedb then 'createdb' end,
              case when r.rolcreaterole then 'createrole' end,
              case when r.rolreplication then 'replication' end,
              case when r.oid is not null and exists (
                  select from pg_auth_members m
                  join pg_roles g on g.oid = m.roleid
                  where m.member = r.oid and (g.rolname = $3::text) is not true)
                then 'membership of another account' end,
              case when exists (select from pg_class c where c.relowner = r.oid) then 'tables of its own' end
            ], null) as excess,
            array_remove(array[
              case when $2::text = 'writer' and not r.rolbypassrls then 'bypassrls' end,
              case when not pg_has_role(r.oid, $3::text::name, 'usage') then $3::text end
            ], null) as lacks
     from pg_roles o
     left join pg_roles r on r.rolname = $1
     where o.rolname = current_user`,
    [role, kind, memberOf[kind] ?? null],
  );
  return row!;
}

/**
 * Makes the account, or brings it to what it may be, and gives it its password. A `password` that is undefined is kept by an
 * administrator: then the account is only looked at. Throws a Problem with the statement to run where the owner may not.
 */
export async function ensureAccount(
  tx: Tx,
  role: string,
  password: string | undefined,
  kind: AccountKind = 'run',
): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role))
    throw new TypeError('The name of the account is not a plain name.');
  const state = await accountState(tx, role, kind);
  if (password !== undefined) {
    if (!state.ownerMayMake) throw mayNotMake(role, kind);
    if (!state.exists) await tx.query(accountStatement(role, kind));
    // Only a superuser may name rights that are a superuser's to give, even to take them away.
    const also = state.ownerIsSuperuser ? rights[kind] : '';
    // `alter role` takes no bound values; `format` quotes as PostgreSQL wants it.
    const [statement] = await tx.query<{ text: string }>(
      `select format('alter role ${role} ${also} encrypted password %L', $1::text) as text`,
      [password],
    );
    await tx.query(statement!.text);
    if (memberOf[kind] !== undefined && state.lacks.includes(memberOf[kind]))
      await tx.query(`grant ${memberOf[kind]} to ${role}`);
  } else if (!state.exists) throw mayNotMake(role, kind);
  const { excess, lacks } = await accountState(tx, role, kind);
  if (excess.length > 0)
    throw notAsItMustBe(role, kind, 'may-too-much', `has rights it must not have: ${excess.join(', ')}`);
  if (lacks.length > 0)
    throw notAsItMustBe(role, kind, 'may-too-little', `lacks what it needs: ${lacks.join(', ')}`);
}

const does = { run: 'reads for people who sign in', writer: 'reads and writes for the server' } as const;

const mayNotMake = (role: string, kind: AccountKind): Problem =>
  new Problem('wall/no-account', 500, `The account ${role}, which ${does[kind]}, cannot be made.`, {
    wayOut:
      `Let an administrator run: ${accountStatement(role, kind)} password '...';` +
      ` then give that password as ${passwordAt[kind]}.`,
  });

const notAsItMustBe = (role: string, kind: AccountKind, what: string, how: string): Problem =>
  new Problem(`wall/account-${what}`, 500, `The account ${role} ${how}.`, {
    wayOut: `Let an administrator bring it to what it is by: ${accountStatement(role, kind)}`,
  });
