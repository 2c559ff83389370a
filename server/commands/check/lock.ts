import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Deprecated } from './releases.ts';

/** One place at which a package that runs in production is installed. */
export type Installed = { at: string; package: string; version: string; deprecated?: string };

/** What a lock file says: its hash, what runs in production, and which of it the house asks for by itself. */
export type Lock = { hash: string; installed: Installed[]; direct: ReadonlySet<string> };

type Entry = { version?: string; dev?: boolean; deprecated?: string; link?: boolean };
type Root = { dependencies?: object; optionalDependencies?: object };

export function readLock(home: string): Lock {
  const text = readFileSync(path.join(home, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };
  const root = (packages[''] ?? {}) as Root;
  return {
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
    direct: new Set(Object.keys({ ...root.dependencies, ...root.optionalDependencies })),
    installed: Object.entries(packages).flatMap(([at, { version, dev, deprecated }]) => {
      const name = at.split('node_modules/').at(-1)!;
      if (at === '' || dev === true || version === undefined) return [];
      return [{ at, package: name, version, ...(deprecated === undefined ? {} : { deprecated }) }];
    }),
  };
}

/** What npm wrote of makers that ask to use a version no more. It was so when the lock file was made. */
export const deprecatedIn = ({ installed }: Lock): Deprecated[] =>
  installed.flatMap(({ package: name, version, deprecated }) =>
    deprecated === undefined ? [] : [{ package: name, installed: version, says: deprecated }],
  );
