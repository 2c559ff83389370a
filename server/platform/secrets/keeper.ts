import path from 'node:path';
import { filesKeeper } from './files.ts';
import { problems } from './problems.ts';
import { systemdKeeper } from './systemd.ts';
import type { Keeper } from './types.ts';

const open = new Map<string, Promise<Keeper>>();

/**
 * Who keeps secrets for this process, as `OPENICS_SECRETS` says: `files:FOLDER`, `systemd`, or `vault:FILE`. Undefined where nobody
 * does: then they lie in the data folder and the database.
 */
export async function keeper(): Promise<Keeper | undefined> {
  const setting = process.env['OPENICS_SECRETS'];
  if (setting === undefined || setting === '') return undefined;
  const known = open.get(setting);
  if (known !== undefined) return known;
  const opened = openKeeper(setting);
  open.set(setting, opened);
  opened.catch(() => open.delete(setting));
  return opened;
}

/** Opens a keeper as `OPENICS_SECRETS` names it. */
export async function openKeeper(setting: string): Promise<Keeper> {
  const [kind, ...rest] = setting.split(':');
  const where = rest.join(':');
  if (setting === 'systemd') return systemdKeeper(process.env['CREDENTIALS_DIRECTORY']);
  if (kind === 'files' && path.isAbsolute(where)) return filesKeeper(where);
  if (kind === 'vault' && path.isAbsolute(where)) return (await import('./vault/index.ts')).openVault(where);
  throw problems.badSetting(setting);
}
