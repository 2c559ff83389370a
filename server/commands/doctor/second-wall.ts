import { runRole, writerRole } from '../../access/index.ts';
import {
  accountState,
  accountStatement,
  type AccountKind,
  type AccountState,
  type Db,
} from '../../platform/db/index.ts';
import { good, look, wrong, type Finding } from './finding.ts';

const names = { run: 'second wall', writer: 'writing account' } as const;
const passwordAt = { run: 'DATABASE_RUN_PASSWORD', writer: 'DATABASE_WRITER_PASSWORD' } as const;
const madeWhen = { run: 'when people first sign in', writer: 'at the next start' } as const;

/** Whether a start finds, or can make, the accounts it works as: the one that writes, and the one behind the second wall. */
export async function lookAtAccounts(
  db: Db,
  environment: Record<string, string | undefined>,
): Promise<Finding[]> {
  const judge = async (kind: AccountKind, role: string): Promise<Finding> =>
    judgeAccount(role, await accountState(db, role, kind), environment[passwordAt[kind]] !== undefined, kind);
  return [
    await judge('writer', await writerRole(db)),
    db.distributed
      ? look('second wall', 'there is none on Citus yet', 'See docs/security/second-wall.md.')
      : await judge('run', await runRole(db)),
  ];
}

/** `isKept`: an administrator keeps the password. */
export function judgeAccount(
  role: string,
  { exists, ownerMayMake, excess, lacks }: AccountState,
  isKept: boolean,
  kind: AccountKind = 'run',
): Finding {
  if (excess.length > 0)
    return wrong(
      names[kind],
      `the account ${role} may too much: ${excess.join(', ')}`,
      `Take these rights from it. ${kind === 'run' ? 'Nobody can sign in' : 'The server does not start'} until then.`,
    );
  if (exists && lacks.length > 0 && (isKept || !ownerMayMake))
    return wrong(
      names[kind],
      `the account ${role} lacks ${lacks.join(', ')}`,
      `Let an administrator bring it to what it is by: ${accountStatement(role, kind)}`,
    );
  if (exists && (isKept || ownerMayMake)) return good(names[kind], `the account ${role} is there`);
  if (exists)
    return wrong(
      names[kind],
      `the account ${role} is there, and its password is not known`,
      `Give it as ${passwordAt[kind]}.`,
    );
  if (ownerMayMake && !isKept) return good(names[kind], `the account ${role} is made ${madeWhen[kind]}`);
  return wrong(
    names[kind],
    `the account ${role} is missing and cannot be made`,
    `Let an administrator run: ${accountStatement(role, kind)} password '...', and give that as ${passwordAt[kind]}.`,
  );
}
