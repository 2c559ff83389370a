import { readFile } from 'node:fs/promises';
import { withoutLastBreak } from './files.ts';
import { keeper } from './keeper.ts';
import { namedIn } from './names.ts';
import { problems } from './problems.ts';
import type { Values } from './types.ts';

/** The values of a secret by its name, the newest first. Throws a Problem where it cannot be had. */
export async function secretValues(name: string): Promise<Values> {
  const outside = await keeper();
  if (outside === undefined) throw problems.noKeeper(name);
  const values = await outside.read(name);
  if (values === undefined) throw problems.missing(name, outside.place);
  return values;
}

/** The text itself; or, where it is `secret:NAME`, what the keeper has by that name. */
export async function secretText(given: string): Promise<string> {
  const name = namedIn(given);
  return name === undefined ? given : (await secretValues(name))[0];
}

/** What a file holds; or, where `secret:NAME` is given, what the keeper has by that name. */
export async function secretFile(given: string): Promise<string> {
  const name = namedIn(given);
  if (name !== undefined) return (await secretValues(name))[0];
  const text = await readFile(given, 'utf8').catch((error: unknown) => {
    throw problems.unreadable(given, error);
  });
  return withoutLastBreak(text);
}
