import { problems } from './problems.ts';

/** Where a secret would stand, `secret:NAME` may stand instead: the keeper of secrets has it by that name. */
const mark = 'secret:';

const plainName = /^[a-z0-9][a-z0-9-]{0,59}(\/[a-z0-9][a-z0-9-]{0,59}){0,4}$/;

/** Throws a Problem unless it can be the name of a secret. */
export function mustBeName(name: string): string {
  if (plainName.test(name)) return name;
  throw problems.badName(name);
}

/** The name in `secret:NAME`; undefined for any other text. Throws a Problem when the name is none. */
export function namedIn(text: string): string | undefined {
  return text.startsWith(mark) ? mustBeName(text.slice(mark.length).trim()) : undefined;
}

/** What stands in the place of a secret that a keeper has. */
export const reference = (name: string): string => `${mark}${mustBeName(name)}`;

/** A name as a file: a file of credentials can have no slash, and a name has no dot. */
export const fileOf = (name: string): string => mustBeName(name).replaceAll('/', '.');

/** The name of a file of a secret; undefined for other files. */
export function nameOf(file: string): string | undefined {
  const name = file.replaceAll('.', '/');
  return plainName.test(name) ? name : undefined;
}

/** A word as part of a name: `run-time account` is `run-time-account`. */
export const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
