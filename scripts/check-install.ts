// Ends with 0 when node_modules holds the versions that package-lock.json names, leaving out what is optional.
import { readFileSync } from 'node:fs';
import path from 'node:path';

type Locked = { version?: string; integrity?: string; optional?: boolean; peer?: boolean };

const home = path.resolve(import.meta.dirname, '..');
const packagesIn = (file: string): Record<string, Locked> =>
  (JSON.parse(readFileSync(path.join(home, file), 'utf8')) as { packages: Record<string, Locked> }).packages;

const wanted = packagesIn('package-lock.json');
const present = packagesIn('node_modules/.package-lock.json');

const isRight = ([name, locked]: [string, Locked]): boolean => {
  const found = present[name];
  if (found === undefined) return locked.optional === true || locked.peer === true;
  return found.version === locked.version && found.integrity === locked.integrity;
};

process.exitCode = Object.entries(wanted)
  .filter(([name]) => name !== '')
  .every(isRight)
  ? 0
  : 1;
