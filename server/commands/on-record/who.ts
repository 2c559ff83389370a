import os from 'node:os';

/** Who runs a command, for the audit log. */
export type Operator = { user: string; purpose: string; userName: string | undefined };

/**
 * The account of the operating system that runs this command. `said` is who they say they are; else whoever used sudo is named. Both
 * are only said, so the account stands as the user, and they stand beside it.
 */
export function operator(said?: string): Operator {
  const before = process.env['SUDO_USER'];
  const name = said ?? (before === undefined ? undefined : `${before}, by sudo`);
  return { user: `account:${os.userInfo().username}`, purpose: 'HOPERAT', userName: name };
}
