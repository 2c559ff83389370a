import { Problem } from '../../platform/errors.ts';
import { isEncrypted } from '../database/index.ts';

/** Where people sign in, a database on another machine is reached by TLS whose certificate is checked, or not at all. */
export function mustBeEncrypted(databaseUrl: string | undefined): void {
  if (databaseUrl === undefined || databaseUrl === '' || isEncrypted(databaseUrl)) return;
  throw new Problem(
    'start/database-without-tls',
    400,
    'DATABASE_URL leads to another machine without TLS that is checked.',
    { wayOut: 'Add sslmode=verify-full to it, and sslrootcert=FILE where its authority is your own.' },
  );
}
