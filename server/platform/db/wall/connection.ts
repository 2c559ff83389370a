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
