import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Problem } from '../errors.ts';

/** The operating system account PostgreSQL runs as. Empty when it is the account we run as ourselves. */
export type Account = { uid?: number; gid?: number };

const names = ['postgres', 'openics'];

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Finds the account for PostgreSQL, which refuses to run as root. Root uses the owner of an existing cluster, else the
 * account `postgres` or `openics`, else makes `openics`. Anyone else uses their own account.
 */
export function findAccount(existingCluster: string): Account {
  if (!isRoot()) return {};
  if (existsSync(existingCluster)) {
    const { uid, gid } = statSync(existingCluster);
    if (uid !== 0) return { uid, gid };
  }
  return lookUp() ?? create();
}

function lookUp(): Account | undefined {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of names) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && Number.isInteger(gid)) return { uid, gid };
  }
  return undefined;
}

function create(): Account {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'openics']],
    ['adduser', ['-S', '-D', '-H', 'openics']],
  ];
  for (const [command, args] of attempts) {
    try {
      execFileSync(command, args, { stdio: 'ignore' });
    } catch {
      continue;
    }
    const account = lookUp();
    if (account !== undefined) return account;
  }
  throw new Problem(
    'postgres/no-account',
    500,
    'PostgreSQL refuses to run as root, and no other account for it could be made.',
    { wayOut: 'Run as an ordinary user, or make an account named postgres, or set DATABASE_URL.' },
  );
}

/** True when the account can do what `flag` says with the path: `-x` enter or run, `-r` read, `-w` write. */
export function canReach(account: Account, path: string, flag: '-x' | '-r' | '-w'): boolean {
  return spawnSync('/bin/sh', ['-c', `test ${flag} "$1"`, 'sh', path], { ...account, cwd: '/' }).status === 0;
}
