import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PoolConfig } from 'pg';

/** The same database, as another account. */
export function asRole(connection: PoolConfig, role: string, password: string): PoolConfig {
  if (connection.connectionString === undefined) return { ...connection, user: role, password };
  // An address of a socket has no host, which is why it is not read as a URL.
  const [, scheme = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/)(?:[^@/?]*@)?(.*)$/s.exec(connection.connectionString) ?? [];
  const account = `${encodeURIComponent(role)}:${encodeURIComponent(password)}`;
  return { ...connection, connectionString: `${scheme}${account}@${rest}` };
}

/** The password of the account, made at the first call and kept where only we can read it. */
export function runPassword(dataDir: string): string {
  const file = path.join(dataDir, 'run-password');
  if (!existsSync(file))
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}
