import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { globSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../errors.ts';
import { canReach, findAccount, isRoot, type Account } from './account.ts';

/** Where PostgreSQL's own files of one data folder are. */
export type Place = {
  dataDir: string;
  account: Account;
  /** The folder that belongs to the account and holds the next four. */
  home: string;
  cluster: string;
  sockets: string;
  /** A named pipe that each process using the database holds open. */
  users: string;
  log: string;
};

/** Folder for what the PostgreSQL account must reach when the data folder lies where it cannot go, such as under /root. */
export const sharedShelf = '/var/lib/openics';

/** A file in each folder on the shelf that names the data folder it belongs to. */
const belongsTo = 'belongs-to';

/** Longest socket path that Linux takes (sun_path, 108 bytes with the end mark). */
const longestSocketPath = 107;

/** Finds, or makes, the places PostgreSQL needs in a data folder. */
export function preparePlace(dataDir: string, log: (text: string) => void): Place {
  const link = path.join(dataDir, 'postgres');
  const account = findAccount(link);
  const home = lstatSync(link, { throwIfNoEntry: false }) ? existingHome(link) : makeHome(link, account, log);
  return {
    dataDir,
    account,
    home,
    cluster: path.join(home, 'cluster'),
    sockets: prepareSockets(home, account),
    users: path.join(home, 'users'),
    log: path.join(home, 'postgres.log'),
  };
}

/** Makes the data folder where it is missing. Throws a Problem when it cannot be made or belongs to another account. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
  } catch (error) {
    throw new Problem('postgres/data-folder', 500, `The data folder ${dataDir} cannot be made.`, {
      place: dataDir,
      wayOut: 'Choose another folder with --data DIR, or make it writable for this account.',
      cause: error,
    });
  }
  const { uid } = statSync(dataDir);
  const me = process.getuid?.() ?? uid;
  if (uid !== me && me !== 0) {
    throw new Problem(
      'postgres/data-folder-owner',
      500,
      `The data folder ${dataDir} belongs to another account.`,
      {
        place: dataDir,
        wayOut: 'Start OpenICS with the account that made it, or choose another folder with --data DIR.',
      },
    );
  }
}

function existingHome(link: string): string {
  if (!existsSync(link)) {
    throw new Problem('postgres/database-gone', 500, `${link} points to a folder that is gone.`, {
      place: link,
      wayOut: 'Bring that folder back, or remove the data folder and restore a backup.',
    });
  }
  return realpathSync(link);
}

function makeHome(link: string, account: Account, log: (text: string) => void): string {
  if (account.uid === undefined) {
    mkdirSync(link, { mode: 0o700 });
    return realpathSync(link);
  }
  const dataDir = path.dirname(link);
  chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (canReach(account, dataDir, '-x')) {
    makeOwned(link, account);
    return realpathSync(link);
  }
  mkdirSync(sharedShelf, { recursive: true, mode: 0o755 });
  const home = path.join(sharedShelf, randomBytes(6).toString('hex'));
  makeOwned(home, account);
  writeFileSync(path.join(home, belongsTo), link);
  symlinkSync(home, link);
  log(`only root can enter ${dataDir}, so the database is kept in ${home}`);
  return home;
}

function makeOwned(folder: string, account: Account): void {
  mkdirSync(folder, { mode: 0o700 });
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
}

/** Folders on the shared shelf whose data folder is gone, for example because only that was deleted. */
export function orphanedHomes(): string[] {
  return globSync(path.join(sharedShelf, '*', belongsTo))
    .map((file) => ({ home: path.dirname(file), link: readFileSync(file, 'utf8') }))
    .filter(({ home, link }) => !existsSync(link) || realpathSync(link) !== home)
    .map(({ home }) => home);
}

/** The socket folder is beside the cluster, or in /tmp where that path is too long for a socket. */
function prepareSockets(home: string, account: Account): string {
  const link = path.join(home, 'socket');
  if (existsSync(link)) return realpathSync(link);
  rmSync(link, { force: true });
  if (path.join(link, '.s.PGSQL.5432').length <= longestSocketPath) {
    makeOwned(link, account);
    return link;
  }
  const short = mkdtempSync('/tmp/openics-');
  if (account.uid !== undefined) chownSync(short, account.uid, account.gid ?? account.uid);
  symlinkSync(short, link);
  return short;
}

/** Removes a data folder whose PostgreSQL is stopped, wherever its files are. */
export function removeDataDir(dataDir: string): void {
  const link = path.join(dataDir, 'postgres');
  if (existsSync(link)) {
    const home = realpathSync(link);
    const sockets = path.join(home, 'socket');
    if (existsSync(sockets)) rmSync(realpathSync(sockets), { recursive: true, force: true });
    // A PostgreSQL that is about to end may still write there.
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  rmSync(dataDir, { recursive: true, force: true });
}
