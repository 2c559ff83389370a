import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { withoutLastBreak } from './files.ts';
import { fileOf, nameOf } from './names.ts';
import { problems } from './problems.ts';
import type { Keeper } from './types.ts';

/**
 * What systemd hands over at the start: a folder that only this service can read, in memory that is never written to disk. Source:
 * systemd.exec(5), LoadCredentialEncrypted. A slash in a name is a dot there: `database/run` is `database.run`.
 */
export function systemdKeeper(folder: string | undefined): Keeper {
  const where = folder ?? '$CREDENTIALS_DIRECTORY';
  const readOnly = async (): Promise<never> => {
    throw problems.onlyHandsOver(where);
  };
  const names = async (): Promise<string[]> => {
    if (folder === undefined) throw problems.unreadable(where, undefined);
    const files = await readdir(folder).catch((error: unknown) => {
      throw problems.unreadable(where, error);
    });
    return files.map(nameOf).filter((name) => name !== undefined);
  };
  return {
    kind: 'systemd',
    place: `systemd credentials in ${where}`,
    takes: false,
    async read(name) {
      if (folder === undefined) throw problems.unreadable(where, undefined);
      const file = path.join(folder, fileOf(name));
      try {
        return [withoutLastBreak(await readFile(file, 'utf8'))];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw problems.unreadable(file, error);
      }
    },
    add: readOnly,
    change: readOnly,
    endFormer: readOnly,
    destroy: readOnly,
    list: async () =>
      (await names())
        .toSorted()
        .map((name) => ({ name, since: undefined, state: 'kept', hasFormer: false }) as const),
    check: async () => void (await names()),
    close: () => undefined,
  };
}
