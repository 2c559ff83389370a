import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileOf, nameOf } from './names.ts';
import { problems } from './problems.ts';
import type { Keeper, Kept, Values } from './types.ts';

/**
 * Keeps secrets as files of our account in a folder of their own, such as on a disk that is not copied with the data. Beside a file
 * `NAME`: `NAME~former` has the value before, `NAME~destroyed` says that there was one.
 */
export function filesKeeper(folder: string): Keeper {
  const place = (name: string, state = ''): string => path.join(folder, `${fileOf(name)}${state}`);

  const read = async (name: string): Promise<Values | undefined> => {
    const value = await readOwn(place(name));
    if (value === undefined) {
      if (await isThere(place(name, '~destroyed'))) throw problems.destroyed(name, folder);
      return undefined;
    }
    const former = await readOwn(place(name, '~former'));
    return former === undefined || former === value ? [value] : [value, former];
  };

  return {
    kind: 'files',
    place: `files in ${folder}`,
    takes: true,
    read,
    async add(name, value) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const half = await written(place(name, `~new-${randomBytes(6).toString('hex')}`), value);
      try {
        await link(half, place(name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      } finally {
        await rm(half, { force: true });
      }
      await rm(place(name, '~destroyed'), { force: true });
      await flush(folder);
      return true;
    },
    async change(name, value) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const half = await written(place(name, `~new-${randomBytes(6).toString('hex')}`), value);
      if (await isThere(place(name))) {
        await rm(place(name, '~former'), { force: true });
        await link(place(name), place(name, '~former'));
      }
      await rename(half, place(name));
      await rm(place(name, '~destroyed'), { force: true });
      await flush(folder);
    },
    async endFormer(name) {
      await rm(place(name, '~former'), { force: true });
      await flush(folder);
    },
    async destroy(name) {
      await written(place(name, '~destroyed'), '');
      const ours = (await namesIn(folder)).filter((file) => file.split('~')[0] === fileOf(name));
      for (const file of ours.filter((each) => !each.endsWith('~destroyed')))
        await rm(path.join(folder, file), { force: true });
      await flush(folder);
    },
    async list() {
      const files = new Set(await namesIn(folder));
      const all = [...files].map((file) => file.replace(/~destroyed$/, ''));
      const kept: Kept[] = [];
      for (const file of new Set(all)) {
        const name = nameOf(file);
        if (name === undefined) continue;
        const lies = files.has(file);
        const since = (await stat(place(name, lies ? '' : '~destroyed'))).mtime;
        const hasFormer = files.has(`${file}~former`);
        kept.push({ name, since, state: lies ? 'kept' : 'destroyed', hasFormer });
      }
      return kept.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    },
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch((error: unknown) => {
        throw problems.unreadable(folder, error);
      });
    },
    close: () => undefined,
  };
}

/** The text of a file that only our account can read; undefined where it is not there. */
async function readOwn(file: string): Promise<string | undefined> {
  try {
    if (((await stat(file)).mode & 0o077) !== 0) throw problems.openToOthers(file);
    return withoutLastBreak(await readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EACCES' || code === 'EISDIR' || code === 'ENOTDIR') throw problems.unreadable(file, error);
    throw error;
  }
}

/** Editors end a file with a line break that is no part of the secret. */
export const withoutLastBreak = (text: string): string => text.replace(/\r?\n$/, '');

async function written(file: string, value: string): Promise<string> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(value);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return file;
}

/** Makes names in a folder as durable as what the files hold. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw problems.unreadable(folder, error);
  });
}
