import { runRole } from '../../access/index.ts';
import { accountState, accountStatement, type AccountState, type Db } from '../../platform/db/index.ts';
import { good, look, wrong, type Finding } from './finding.ts';

/** Whether a start with sign-in finds, or can make, the account behind the second wall. */
export async function lookAtSecondWall(db: Db, password: string | undefined): Promise<Finding> {
  if (db.distributed)
    return look('second wall', 'there is none on Citus yet', 'See docs/security/second-wall.md.');
  const role = await runRole(db);
  return judgeAccount(role, await accountState(db, role), password !== undefined);
}

/** `isKept`: an administrator keeps the password. */
export function judgeAccount(
  role: string,
  { exists, ownerMayMake, excess }: AccountState,
  isKept: boolean,
): Finding {
  if (excess.length > 0)
    return wrong(
      'second wall',
      `the account ${role} may too much: ${excess.join(', ')}`,
      `Take these rights from it. Nobody can sign in until then.`,
    );
  if (exists && (isKept || ownerMayMake)) return good('second wall', `the account ${role} is there`);
  if (exists)
    return wrong(
      'second wall',
      `the account ${role} is there, and its password is not known`,
      'Give it as DATABASE_RUN_PASSWORD.',
    );
  if (ownerMayMake && !isKept)
    return good('second wall', `the account ${role} is made when people first sign in`);
  return wrong(
    'second wall',
    `the account ${role} is missing and cannot be made`,
    `Let an administrator run: ${accountStatement(role)} password '...', and give that as DATABASE_RUN_PASSWORD.`,
  );
}
