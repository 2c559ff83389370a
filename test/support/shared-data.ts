import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../../shared/data');

/**
 * The folder of real data beside the checkout, or one folder in it. Give `skip` to a test: it skips where the data is
 * not there, but on a build server (CI=true) missing data is a failure.
 */
export function sharedData(name = ''): { path: string; skip: string | false } {
  const wanted = path.join(folder, name);
  if (existsSync(wanted)) return { path: wanted, skip: false };
  if (process.env['CI'] === 'true') throw new Error(`Tests need ../shared/data/${name}, which is not there.`);
  return { path: wanted, skip: 'needs ../shared/data' };
}
