import { Problem } from '../../errors.ts';
import { mustBeName } from '../names.ts';
import { problems } from '../problems.ts';
import type { Keeper, Kept, Values } from '../types.ts';
import { askVault, at, type Answer } from './ask.ts';
import type { VaultSettings } from './settings.ts';
import { Token } from './token.ts';

type Version = { number: number; made: Date; isThere: boolean };

/** Who reads while the vault cannot be asked gets what this process was given before. */
const isAway = (error: unknown): boolean =>
  error instanceof Problem && (error.code === 'secrets/away' || error.code === 'secrets/sealed');

/**
 * Keeps secrets in HashiCorp Vault or OpenBao: the KV engine, version 2. A secret is an entry with the field `value`. Writes are
 * check-and-set. Source: the HTTP API of the KV secrets engine, version 2.
 */
export function vaultKeeper(settings: VaultSettings): Keeper {
  const { address, mount } = settings;
  const ask = askVault(settings);
  const token = new Token(settings, ask);
  const held = new Map<string, Values>();
  const root = `${mount}/metadata/${settings.path}`;
  const pathOf = (part: 'data' | 'metadata' | 'destroy', name: string): string =>
    `${mount}/${part}/${settings.path}/${mustBeName(name)}`;

  /** Asks with our token; one that is refused is followed by a new login, once. */
  const asked = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> => {
    const first = await token.current();
    let answer = await ask({ method, path, token: first, body });
    if (answer.status === 403) answer = await ask({ method, path, token: await token.anew(first), body });
    if (answer.status === 403) throw problems.denied(`${address} ${path}`);
    return answer;
  };

  const strange = ({ status }: Answer, path: string): Problem =>
    problems.strangeAnswer(`${address} ${path}`, status);

  const versionsOf = async (name: string): Promise<Version[]> => {
    const path = pathOf('metadata', name);
    const answer = await asked('GET', path);
    if (answer.status === 404) return [];
    const versions = at(answer.body, 'data', 'versions');
    if (answer.status !== 200 || typeof versions !== 'object' || versions === null)
      throw strange(answer, path);
    return Object.entries(versions)
      .map(([number, about]) => ({
        number: Number(number),
        made: new Date(String(at(about, 'created_time'))),
        isThere: at(about, 'destroyed') !== true && !isOver(at(about, 'deletion_time')),
      }))
      .toSorted((one, other) => other.number - one.number);
  };

  const oneVersion = async (
    name: string,
    version?: number,
  ): Promise<{ value: string; version: number } | 'gone' | undefined> => {
    const path = `${pathOf('data', name)}${version === undefined ? '' : `?version=${version}`}`;
    const answer = await asked('GET', path);
    if (answer.status === 404) return at(answer.body, 'data', 'metadata') === undefined ? undefined : 'gone';
    const value = at(answer.body, 'data', 'data', 'value');
    const number = at(answer.body, 'data', 'metadata', 'version');
    if (answer.status !== 200 || typeof value !== 'string' || typeof number !== 'number')
      throw strange(answer, path);
    return { value, version: number };
  };

  const readNow = async (name: string): Promise<Values | undefined> => {
    const newest = await oneVersion(name);
    if (newest === undefined) return undefined;
    if (newest === 'gone') throw problems.destroyed(name, `${address} ${pathOf('data', name)}`);
    const former = newest.version > 1 ? await oneVersion(name, newest.version - 1) : undefined;
    return typeof former === 'object' && former.value !== newest.value
      ? [newest.value, former.value]
      : [newest.value];
  };

  /** False where the secret has another version than `cas`; 0 is none at all. */
  const write = async (name: string, value: string, cas: number): Promise<boolean> => {
    const path = pathOf('data', name);
    const answer = await asked('POST', path, { options: { cas }, data: { value } });
    if (answer.status === 200) return true;
    if (answer.status === 400 && /check-and-set/.test(JSON.stringify(at(answer.body, 'errors') ?? '')))
      return false;
    throw strange(answer, path);
  };

  const end = async (name: string, versions: Version[]): Promise<void> => {
    if (versions.length === 0) return;
    const path = pathOf('destroy', name);
    const answer = await asked('POST', path, { versions: versions.map(({ number }) => number) });
    if (answer.status !== 204 && answer.status !== 200) throw strange(answer, path);
  };

  /** What lies under a part of our path: entries, and parts that end in a slash. */
  const keysUnder = async (under: string): Promise<string[]> => {
    const path = `${root}${under}?list=true`;
    const answer = await asked('GET', path);
    if (answer.status === 404) return [];
    const keys = at(answer.body, 'data', 'keys');
    if (answer.status !== 200 || !Array.isArray(keys)) throw strange(answer, path);
    return (keys as string[]).filter((key) => /^[a-z0-9-]+\/?$/.test(key));
  };

  const listed = async (under: string): Promise<string[]> => {
    const found: string[] = [];
    for (const key of await keysUnder(under))
      if (key.endsWith('/')) found.push(...(await listed(`${under}/${key.slice(0, -1)}`)));
      else found.push(`${under}/${key}`.slice(1));
    return found;
  };

  return {
    kind: 'vault',
    place: `the vault at ${address}, ${mount}/${settings.path}`,
    takes: true,
    async read(name) {
      try {
        const values = await readNow(name);
        if (values === undefined) held.delete(name);
        else held.set(name, values);
        return values;
      } catch (error) {
        const before = held.get(name);
        if (before !== undefined && isAway(error)) return before;
        throw error;
      }
    },
    async add(name, value) {
      if (await write(name, value, 0)) return true;
      const [newest] = await versionsOf(name);
      return newest !== undefined && !newest.isThere && (await write(name, value, newest.number));
    },
    async change(name, value) {
      const [newest] = await versionsOf(name);
      if (!(await write(name, value, newest?.number ?? 0)))
        throw problems.changedMeanwhile(name, `${address} ${pathOf('data', name)}`);
    },
    async endFormer(name) {
      const [, ...former] = await versionsOf(name);
      await end(
        name,
        former.filter(({ isThere }) => isThere),
      );
    },
    async destroy(name) {
      await end(name, await versionsOf(name));
      held.delete(name);
    },
    async list() {
      const kept: Kept[] = [];
      for (const name of (await listed('')).toSorted()) {
        const [newest, former] = await versionsOf(name);
        if (newest === undefined) continue;
        const state = newest.isThere ? 'kept' : 'destroyed';
        kept.push({ name, since: newest.made, state, hasFormer: former?.isThere ?? false });
      }
      return kept;
    },
    check: async () => void (await keysUnder('')),
    close: () => token.close(),
  };
}

/** A version that was deleted has the time of it; one that will be later is there still. */
const isOver = (deletion: unknown): boolean =>
  typeof deletion === 'string' && deletion !== '' && new Date(deletion).getTime() <= Date.now();
