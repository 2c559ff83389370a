import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keeper, namedIn, reference, secretProblems, secretValues, type Holding } from '../secrets/index.ts';

/** A new password for the owner of a cluster: 24 random bytes. */
export const newPassword = (): string => randomBytes(24).toString('base64url');

/** The file of a data folder with the owner's password, or with its name where a keeper of secrets has it. */
export const passwordFile = (dataDir: string): string => path.join(dataDir, 'password');

/** The passwords that may be the owner's, the newest first: a change of it that was broken off leaves two. */
export async function ownersPasswords(dataDir: string): Promise<readonly string[]> {
  const file = passwordFile(dataDir);
  const text = readFileSync(file, 'utf8');
  const name = namedIn(text);
  if (name !== undefined) return secretValues(name);
  return existsSync(formerOf(file)) ? [text, readFileSync(formerOf(file), 'utf8')] : [text];
}

/** Keeps the password of a new cluster, which lies in the folder `cluster`. */
export async function keepPassword(dataDir: string, cluster: string, password: string): Promise<void> {
  const outside = await keeper();
  if (outside?.takes !== true) return write(dataDir, password);
  const name = clusterName(cluster);
  if (!(await outside.add(name, password))) throw secretProblems.taken(name, outside.place);
  write(dataDir, reference(name));
}

/** The owner's password, to be moved to a keeper and back. Undefined where the data folder has no cluster. */
export function passwordHolding(dataDir: string): Holding | undefined {
  const file = passwordFile(dataDir);
  if (!existsSync(file)) return undefined;
  const name = namedIn(readFileSync(file, 'utf8')) ?? clusterName(path.join(dataDir, 'postgres/cluster'));
  return {
    name,
    about: 'the owner of the database',
    home: 'the file password',
    async atHome() {
      const text = readFileSync(file, 'utf8');
      return namedIn(text) === undefined ? text : undefined;
    },
    bring: async (value) => write(dataDir, value),
    leave: async () => write(dataDir, reference(name)),
  };
}

/**
 * What PostgreSQL keeps of a password of plain letters. Told this, it never sees the password, nor writes it into its log. Source: RFC 5803.
 */
export function scramOf(password: string): string {
  const rounds = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const keyed = (word: string): Buffer => createHmac('sha256', salted).update(word).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

/**
 * Changes the owner's password: first where it lies, with the one before beside it, then by `tell` in PostgreSQL. Broken off between the
 * two, either opens the database, and the next change mends it.
 */
export async function changePassword(
  dataDir: string,
  tell: (password: string) => Promise<void>,
): Promise<void> {
  const file = passwordFile(dataDir);
  const name = namedIn(readFileSync(file, 'utf8'));
  const fresh = newPassword();
  if (name === undefined) {
    await tell(await settled(dataDir));
    writeSafely(formerOf(file), readFileSync(file, 'utf8'), dataDir);
    write(dataDir, fresh);
    await tell(fresh);
    return rmSync(formerOf(file), { force: true });
  }
  const outside = await keeper();
  if (outside === undefined) throw secretProblems.noKeeper(name);
  const now = await settled(dataDir);
  await tell(now);
  await outside.change(name, fresh);
  if ((await outside.read(name))?.[1] !== now) {
    await outside.change(name, now);
    throw secretProblems.keepsNoFormer(name, outside.place);
  }
  await tell(fresh);
  await outside.endFormer(name);
}

/** The newest password: a change that was broken off is brought to its end before the next begins. */
const settled = async (dataDir: string): Promise<string> => (await ownersPasswords(dataDir))[0]!;

/** A cluster is named by its system identifier, which PostgreSQL writes first into `pg_control`: no two clusters share one. */
function clusterName(cluster: string): string {
  const file = path.join(cluster, 'global/pg_control');
  return `postgres/${readFileSync(file).readBigUInt64LE(0)}`;
}

const formerOf = (file: string): string => `${file}.former`;

const write = (dataDir: string, text: string): void => writeSafely(passwordFile(dataDir), text, dataDir);

function writeSafely(file: string, text: string, dataDir: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  const { uid, gid } = statSync(dataDir);
  if (process.getuid?.() === 0) chownSync(`${file}.new`, uid, gid);
  renameSync(`${file}.new`, file);
}
