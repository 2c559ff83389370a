// Ends with 0 when node_modules holds the versions that package-lock.json names for this machine.
import { readFileSync } from 'node:fs';
import path from 'node:path';

type Locked = {
  version?: string;
  integrity?: string;
  optional?: boolean;
  peer?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
};

const home = path.resolve(import.meta.dirname, '..');
const packagesIn = (file: string): Record<string, Locked> =>
  (JSON.parse(readFileSync(path.join(home, file), 'utf8')) as { packages: Record<string, Locked> }).packages;

const wanted = packagesIn('package-lock.json');
const present = packagesIn('node_modules/.package-lock.json');
const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const libc = header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';

/** A package that says which machines it is for, and this is one. npm leaves it out when the Node it runs on is too old. */
const isForThisMachine = ({ os, cpu, libc: libcs }: Locked): boolean =>
  os !== undefined &&
  cpu !== undefined &&
  os.includes(process.platform) &&
  cpu.includes(process.arch) &&
  (libcs === undefined || libcs.includes(libc));

const isRight = ([name, locked]: [string, Locked]): boolean => {
  const found = present[name];
  if (found !== undefined) return found.version === locked.version && found.integrity === locked.integrity;
  return (locked.optional === true || locked.peer === true) && !isForThisMachine(locked);
};

const wrong = Object.entries(wanted).filter((entry) => entry[0] !== '' && !isRight(entry));
process.exitCode = wrong.length === 0 ? 0 : 1;
