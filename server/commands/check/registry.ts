import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Lock } from './lock.ts';
import { lateBy, type Late } from './releases.ts';
import { compareVersions } from './versions.ts';

const patienceMs = 60_000;

/** What the registry's ordinary client prints, as it is set up on this machine; undefined where it cannot be run. */
export async function npm(home: string, args: readonly string[]): Promise<string | undefined> {
  const child = spawn('npm', [...args, '--json'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: patienceMs,
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  try {
    await once(child, 'close');
  } catch {
    return undefined;
  }
  return printed;
}

type Line = { current?: string; wanted?: string; latest?: string; location?: string };

/** A package of which npm told that something newer is there: `wanted` is what the ranges of its users let in; all of it where we choose. */
export type Outdated = { package: string; installed: string; wanted: string | undefined };

/** Reads what `npm outdated --all` printed; undefined when it is no answer. Only what runs in production is told of. */
export function readOutdated(
  printed: string,
  home: string,
  { installed, direct }: Lock,
): Outdated[] | undefined {
  const said = parsed(printed);
  if (said === undefined || 'error' in said) return undefined;
  const known = new Map(installed.map((each) => [each.at, each]));
  const found = new Map<string, Outdated>();
  for (const [name, one] of Object.entries(said as Record<string, Line | Line[]>)) {
    for (const { current, wanted, location } of Array.isArray(one) ? one : [one]) {
      const at = location === undefined ? undefined : path.relative(home, location).replaceAll('\\', '/');
      if (current === undefined || at === undefined || !known.has(at)) continue;
      const isOurs = direct.has(name) && at === `node_modules/${name}`;
      if (!isOurs && (wanted === undefined || compareVersions(wanted, current) <= 0)) continue;
      found.set(at, { package: name, installed: current, wanted: isOurs ? undefined : wanted });
    }
  }
  return [...found.values()];
}

/** Asks which newer versions are in reach, and since when. Undefined when the registry does not answer. */
export async function askForReleases(home: string, lock: Lock): Promise<Late[] | undefined> {
  const printed = await npm(home, ['outdated', '--all', '--omit=dev']);
  const outdated = printed === undefined ? undefined : readOutdated(printed, home, lock);
  if (outdated === undefined) return undefined;
  const late: Late[] = [];
  for (const { package: name, installed, wanted } of outdated) {
    const times = parsed((await npm(home, ['view', name, 'time'])) ?? '');
    if (times === undefined || 'error' in times) return undefined;
    const inReach = (version: string): boolean =>
      wanted === undefined || compareVersions(version, wanted) <= 0;
    const found = lateBy(name, installed, times as Record<string, string>, inReach);
    if (found !== undefined) late.push(found);
  }
  return late.toSorted((a, b) => (a.package < b.package ? -1 : 1));
}

function parsed(printed: string): object | undefined {
  try {
    const said: unknown = JSON.parse(printed.slice(printed.indexOf('{')));
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch {
    return undefined;
  }
}
