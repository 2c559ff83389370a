import { execFile } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Problem } from '../errors.ts';
import { measureMachine } from './machine.ts';
import { keepPassword, newPassword } from './password.ts';
import type { Place } from './place.ts';
import { settingsFile, settingsFor, type Purpose } from './settings.ts';

const run = promisify(execFile);

export const superuser = 'openics';

/** What PostgreSQL's programs see of our environment. */
export const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Makes the cluster where there is none yet, and writes its settings for this machine. */
export async function prepareCluster(
  place: Place,
  programs: string,
  purpose: Purpose,
  log: (text: string) => void,
): Promise<void> {
  if (existsSync(place.cluster)) checkVersion(place, programs);
  else {
    log('making a new database');
    await makeCluster(place, programs, purpose);
  }
  const settings = {
    ...settingsFor(measureMachine(place.home), purpose),
    unix_socket_directories: place.sockets,
  };
  const file = path.join(place.cluster, 'openics.conf');
  writeFileSync(file, settingsFile(settings), { mode: 0o600 });
  own(place, file);
}

/** Makes the cluster under another name first, so that one broken off half-way is never taken for a whole one. */
async function makeCluster(place: Place, programs: string, purpose: Purpose): Promise<void> {
  const half = `${place.cluster}.half`;
  rmSync(half, { recursive: true, force: true });
  const password = newPassword();
  const handover = path.join(place.home, 'password.half');
  writeFileSync(handover, password, { mode: 0o600 });
  own(place, handover);
  try {
    await run(
      path.join(programs, 'initdb'),
      [
        `--pgdata=${half}`,
        `--username=${superuser}`,
        `--pwfile=${handover}`,
        '--auth-local=scram-sha-256',
        '--auth-host=reject',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        ...(purpose === 'discard' ? ['--no-sync'] : []),
      ],
      { ...place.account, cwd: '/', env: environment },
    );
  } catch (error) {
    throw new Problem('postgres/initdb', 500, 'The database could not be made.', {
      place: place.home,
      wayOut: initdbText(error),
      cause: error,
    });
  } finally {
    rmSync(handover, { force: true });
  }
  appendFileSync(path.join(half, 'postgresql.conf'), "\ninclude_if_exists = 'openics.conf'\n");
  await keepPassword(place.dataDir, half, password);
  renameSync(half, place.cluster);
}

function initdbText(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
  if (/No space left/.test(text))
    return 'The disk is full. Make room, or choose another folder with --data DIR.';
  return `initdb said: ${text.trim() || String(error)}`;
}

function checkVersion(place: Place, programs: string): void {
  const made = readFileSync(path.join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  const share = path.join(programs, '../share/postgresql/postgres.bki');
  const ours = /^# PostgreSQL (\d+)/.exec(readFileSync(share, 'utf8'))?.[1];
  if (made === ours) return;
  throw new Problem(
    'postgres/version',
    500,
    `The database was made by PostgreSQL ${made}; this is ${ours}.`,
    {
      place: place.cluster,
      wayOut:
        'Make a backup with the version of OpenICS that made it, and restore it into a new data folder.',
    },
  );
}

function own(place: Place, file: string): void {
  if (place.account.uid !== undefined)
    chownSync(file, place.account.uid, place.account.gid ?? place.account.uid);
}
