/**
 * The System, Place or Neighbourhood somebody chose to look at, kept in a cookie of the browser. It names a body of the
 * NHS and nobody. An address that names a body goes first.
 */

import { cookieOf } from './cookies.ts';

export type ChosenPlace = { id: string; name: string };

const cookie = 'openics-place';
const thirtyDays = 30 * 24 * 60 * 60;
const idForm = /^[0-9a-f-]{36}$/;

/** The chosen place; undefined when none is, or the cookie holds something else. */
export function placeOf(request: Request): ChosenPlace | undefined {
  const held = cookieOf(request, cookie);
  if (held === undefined) return undefined;
  const [id = '', name = ''] = [held.slice(0, 36), held.slice(37)];
  if (!idForm.test(id) || name === '') return undefined;
  try {
    return { id, name: decodeURIComponent(name).slice(0, 200) };
  } catch {
    return undefined;
  }
}

/** The header that keeps a place, or forgets it. */
export function keepPlace(place: ChosenPlace | undefined): Record<string, string> {
  const value = place === undefined ? '' : `${place.id}.${encodeURIComponent(place.name)}`;
  const age = place === undefined ? 0 : thirtyDays;
  return { 'set-cookie': `${cookie}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax` };
}
