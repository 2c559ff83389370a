import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The files that a short INRC-II name stands for: `n030w4_1_6-2-9-1` is the scenario n030w4, its history 1 and
 * its weeks 6, 2, 9 and 1, in the folder the name is given in. Any other path stands for itself.
 */
export function inrc2Files(name: string): string[] {
  const found = /^(n\d+w\d+)_(\d+)_(\d+(?:-\d+)*)$/.exec(path.basename(name));
  if (found === null || existsSync(name)) return [name];
  const [, family, history, weeks] = found;
  const folder = path.dirname(name);
  const inIt = (start: string, rest = ''): string => path.join(folder, `${start}-${family}${rest}.txt`);
  return [inIt('Sc'), inIt('H0', `-${history}`), ...weeks!.split('-').map((week) => inIt('WD', `-${week}`))];
}
