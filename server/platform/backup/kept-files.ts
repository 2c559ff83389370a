import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A file beside the tables, named by its folder: `folder/file`. */
export type KeptFile = { file: string; bytes: number; sha256: string };

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Copies the files of these folders of a data folder into a backup. A folder that is not there has none. */
export async function keepFiles(
  dataDir: string,
  folders: readonly string[],
  backup: string,
): Promise<KeptFile[]> {
  const kept: KeptFile[] = [];
  for (const folder of folders) {
    const from = path.join(dataDir, folder);
    const names = existsSync(from) ? (await readdir(from)).toSorted() : [];
    for (const name of names) {
      const bytes = await readFile(path.join(from, name));
      await writeOne(path.join(backup, folder, name), bytes);
      kept.push({ file: `${folder}/${name}`, bytes: bytes.length, sha256: hashOf(bytes) });
    }
  }
  return kept;
}

/** A name that leads nowhere but into a folder of the backup. */
const isPlain = (file: string): boolean => /^[\w-]+\/[\w-][\w.-]*$/.test(file);

/** The names of files that are missing from a backup, are not as they were written, or lead out of it. */
export async function changedFiles(backup: string, kept: readonly KeptFile[]): Promise<string[]> {
  const changed: string[] = [];
  for (const { file, sha256 } of kept) {
    const bytes = isPlain(file) ? await readFile(path.join(backup, file)).catch(() => undefined) : undefined;
    if (bytes === undefined || hashOf(bytes) !== sha256) changed.push(file);
  }
  return changed;
}

/** Puts the files of a backup where they belong in a data folder. */
export async function bringBackFiles(
  backup: string,
  kept: readonly KeptFile[],
  dataDir: string,
): Promise<void> {
  for (const { file } of kept)
    await writeOne(path.join(dataDir, file), await readFile(path.join(backup, file)));
}

async function writeOne(file: string, bytes: Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, bytes, { mode: 0o600, flush: true });
}
